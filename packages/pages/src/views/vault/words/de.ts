// The pages of a vault in German.
import type { VaultWords } from './vault-words.ts';

export const de: VaultWords = {
  reconnect_title: '{name} erneuern',
  ended:
    'Die Verbindung zu {service} funktioniert nicht mehr. Melden Sie sich dort wieder an, dann funktioniert sie wie bisher.',
  ends: 'Die Verbindung zu {service} endet am {date}. Melden Sie sich vorher dort wieder an, dann gibt es keine Unterbrechung.',
  permission: 'Eine Berechtigung fehlt. {service} wird danach fragen.',
  anew: 'Die Verbindung zu {service} kann jederzeit erneuert werden.',
  only: 'Nur {person} kann das erneuern.',
  only_hint:
    'Wenn Sie das nicht sind, leiten Sie diesen Link weiter. Er zeigt sonst nichts und funktioniert nur einmal.',
  anybody: 'Melden Sie sich mit dem Konto an, das Sie verbinden möchten.',
  keep_pages: 'Lassen Sie im Dialog diese Seiten ausgewählt:',
  more_pages: 'und {count} weitere',
  missing: 'Sie werden gefragt nach:',
  go: 'Weiter mit {service}',
  legal: 'Ihr Passwort bleibt bei {service}. Dort können Sie die Berechtigung jederzeit zurücknehmen.',
  done_title: '{name} funktioniert wieder',
  done_words: 'Sie können diese Seite schließen.',
  connected_title: '{name} ist verbunden',
  used_title: 'Das wurde schon erneuert',
  used_words: '{name} funktioniert wieder. Sie müssen nichts tun.',
  invalid_title: 'Dieser Link funktioniert nicht',
  invalid_words:
    'Links laufen nach einiger Zeit ab, oder wenn sich etwas geändert hat. Nehmen Sie den Link aus der neuesten Mail.',
  blocked_title: '{service} hat das gesperrt',
  blocked_words:
    'Es hilft jetzt nicht, {name} zu erneuern. Melden Sie sich direkt bei {service} an und tun Sie, was dort verlangt wird. Danach funktioniert die Verbindung wieder, auch ohne diese Seite.',
  not_here_title: '{name} kann hier nicht erneuert werden',
  role_words:
    'Jemand, der die Seite verwaltet, muss die Rolle bei {service} wieder vergeben. Danach funktioniert die Verbindung wieder, auch ohne diese Seite.',
  operator_words:
    '{service} hat die App gesperrt, zu der die Verbindung gehört. Das müssen die Betreiber von {platform} klären. Sie müssen nichts tun.',
  gone_words: 'Das Konto oder die Seite dahinter gibt es bei {service} nicht mehr.',
  cancelled_title: 'Sie haben abgebrochen',
  cancelled_words: 'Es wurde nichts geändert. Der Link funktioniert noch.',
  other_person_title: 'Das war ein anderes Konto',
  other_person_words:
    'Nur {person} kann {name} erneuern. Es wurde nichts geändert. Melden Sie sich bei {service} mit dem richtigen Konto an und versuchen Sie es noch einmal, oder leiten Sie den Link weiter.',
  failed_title: 'Das hat nicht geklappt',
  failed_words:
    'Es wurde nichts geändert. Versuchen Sie es gleich noch einmal. Wenn es wieder nicht klappt, wenden Sie sich an die Person, von der Sie den Link haben.',
  again: 'Noch einmal versuchen',
  wait_title: 'Gleich wieder da',
  wait_words: 'Es ist nichts verloren gegangen. Versuchen Sie es in einer Minute noch einmal.',
  opt_out_title: 'Keine Mails mehr an {address}?',
  opt_out_words:
    'Sie werden dann nicht mehr benachrichtigt, bevor eine Verbindung endet. Stattdessen werden andere benachrichtigt, die sich um diese Verbindungen kümmern.',
  opt_out: 'Keine Mails mehr',
  opted_out_title: 'Sie bekommen keine Mails mehr',
  opted_out_words: 'Wenn das ein Versehen war, können Sie es hier rückgängig machen.',
  opt_in: 'Wieder Mails bekommen',
  opted_in_title: 'Sie bekommen wieder Mails',
};
