// The mails of a vault in German.
import type { MailWords } from './mail-words.ts';

export const de: MailWords = {
  subject_warned: '{name} endet in {time}',
  subject_died: '{name} funktioniert nicht mehr',
  subject_blocked: '{service} hat {name} gesperrt',
  subject_recovered: '{name} funktioniert wieder',
  subject_drifted: '{name} hat Berechtigungen verloren',
  subject_page_without_token: '{name} hat eine Seite ohne Token',
  subject_app_refused: '{service} weist die App {name} ab',
  subject_app_accepted: '{service} nimmt die App {name} wieder an',
  subject_many: '{count} Verbindungen brauchen Ihre Hilfe',
  subject_many_good: '{count} Verbindungen funktionieren wieder',
  day: 'einem Tag',
  days: '{count} Tagen',
  less_than_a_day: 'weniger als einem Tag',
  hello: 'Guten Tag {name},',
  hello_nobody: 'Guten Tag,',
  opening:
    '{platform} kümmert sich um Zugänge, die andere Programme brauchen. Bei einem davon brauchen wir Ihre Hilfe:',
  opening_many:
    '{platform} kümmert sich um Zugänge, die andere Programme brauchen. Bei {count} davon brauchen wir Ihre Hilfe:',
  opening_good: '{platform} kümmert sich um Zugänge, die andere Programme brauchen. Es gibt gute Nachrichten:',
  warned: 'Der Zugang endet am {date}, in {time}. Bis dahin funktioniert er.',
  warned_data:
    'Daten dürfen noch bis zum {date} gelesen werden. Danach, in {time}, funktioniert der Zugang nicht mehr.',
  died: 'Der Zugang funktioniert nicht mehr.',
  blocked: 'Der Zugang funktioniert nicht mehr: {service} hat ihn gesperrt.',
  recovered: 'Der Zugang funktioniert wieder. Sie müssen nichts tun.',
  drifted_scopes: 'Diese Berechtigungen hat der Zugang nicht mehr: {scopes}.',
  drifted_pages: 'Für {count} seiner Seiten gilt der Zugang nicht mehr.',
  page_without_token:
    '{service} gibt für eine der Seiten kein Token heraus. Bis es das tut, kann für diese Seite nichts getan werden.',
  app: 'App {name}',
  app_refused:
    '{service} weist die App selbst ab. Deshalb kann keines ihrer Tokens geprüft oder verlängert werden. Prüfen Sie ihr Geheimnis, und ob sie dort abgeschaltet ist.',
  app_shut_down:
    '{service} hat die App gesperrt, abgeschaltet oder gelöscht. Deshalb funktioniert keines ihrer Tokens. Der Grund steht dort in den Einstellungen der App. Neu zu verbinden hilft nicht.',
  app_accepted: '{service} nimmt die App wieder an. Ihre Tokens werden wie bisher geprüft und verlängert.',
  log_in_again: 'Melden Sie sich wieder bei {service} an, dann funktioniert er wie bisher.',
  log_in_again_before: 'Melden Sie sich vorher wieder bei {service} an, dann gibt es keine Unterbrechung.',
  consent_again: 'Die App wurde dort entfernt. Verbinden Sie sie wieder, wenn Sie den Zugang noch brauchen.',
  reauthorize: 'Bestätigen Sie bei {service}, dass er weiter Daten lesen darf.',
  ask_permission: 'Eine Berechtigung fehlt: {service} wird danach fragen.',
  ask_for_business: 'Die Berechtigung für das Unternehmen fehlt, dem die Seite gehört: {service} wird danach fragen.',
  ask_role: 'Jemand, der die Seite verwaltet, muss Ihnen die Rolle dort wieder geben. Sich neu anzumelden hilft nicht.',
  visit_site: 'Melden Sie sich direkt bei {service} an und tun Sie, was dort verlangt wird. Etwas anderes hilft nicht.',
  wait: 'Sie müssen nichts tun: Es wird noch einmal versucht.',
  fix_request: 'Die Betreiber von {platform} müssen die Einstellungen prüfen.',
  fix_app: 'Die Betreiber von {platform} müssen die Einstellungen der App korrigieren.',
  app_blocked:
    'Die App selbst ist gesperrt: Das müssen die Betreiber von {platform} mit {service} klären. Neu zu verbinden hilft nicht.',
  give_up: 'Das Konto oder die Seite dahinter gibt es nicht mehr. Deshalb kann der Zugang nicht erneuert werden.',
  only: 'Nur {person} kann ihn erneuern. Wenn Sie das nicht sind, leiten Sie diese Mail weiter: Der Link funktioniert für niemand anderen.',
  with_it: 'Davon hängen ab: {names}.',
  with_it_more: 'Davon hängen ab: {names} und {count} weitere.',
  renew: '{name} erneuern',
  closing: 'Diese Mail enthält keine Tokens. Jeder Link funktioniert einmal, bis zum {date}.',
  closing_no_link: 'Diese Mail enthält keine Tokens.',
  why_owner: 'Sie bekommen diese Mail, weil {address} als Inhaber eingetragen ist.',
  why_team:
    'Sie bekommen diese Mail, weil {address} für Verbindungen eingetragen ist, deren Inhaber nicht zu erreichen ist.',
  why_operator: 'Sie bekommen diese Mail, weil {address} für das Team von {platform} eingetragen ist.',
  opt_out: 'Diese Mails nicht mehr bekommen',
  test_subject: 'Eine Testmail von {platform}',
  test_says: 'Mails von {platform} kommen hier an. Sie müssen nichts tun.',
};
