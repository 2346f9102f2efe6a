// The pages of a vault in German.
import type { VaultWords } from './words.ts';

export const de: VaultWords = {
  reconnect_title: '{name} erneuern',
  ended: 'Die Verbindung zu {service} funktioniert nicht mehr. Einmal dort anmelden, dann geht sie wieder.',
  ends: 'Die Verbindung zu {service} endet am {date}. Wer sich vorher einmal dort anmeldet, merkt nichts davon.',
  permission: 'Eine Berechtigung fehlt. {service} wird danach fragen.',
  anew: 'Die Verbindung zu {service} kann jederzeit erneuert werden.',
  only: 'Nur {person} kann das erneuern.',
  only_hint: 'Sind Sie das nicht, leiten Sie diesen Link weiter. Er zeigt sonst nichts und funktioniert einmal.',
  anybody: 'Melden Sie sich mit dem Konto an, das von jetzt an verbunden sein soll.',
  keep_pages: 'Lassen Sie im Dialog diese Seiten ausgewählt:',
  more_pages: 'und {count} weitere',
  missing: 'Gefragt wird nach:',
  go: 'Weiter mit {service}',
  legal: 'Ihr Passwort bleibt bei {service}. Dort können Sie die Erlaubnis jederzeit zurücknehmen.',
  done_title: 'Fertig: {name} funktioniert wieder',
  done_words: 'Sie können diese Seite schließen.',
  connected_title: '{name} ist verbunden',
  used_title: 'Das ist schon erneuert',
  used_words: '{name} funktioniert wieder. Es ist nichts mehr zu tun.',
  invalid_title: 'Dieser Link funktioniert nicht',
  invalid_words:
    'Links enden nach einiger Zeit und wenn sich etwas geändert hat. Der richtige steht in der neuesten Mail.',
  blocked_title: '{service} hat das gesperrt',
  blocked_words:
    '{name} zu erneuern hilft jetzt nicht. Melden Sie sich bei {service} selbst an und tun Sie, was dort verlangt wird. Danach geht es auch ohne diese Seite wieder.',
  cancelled_title: 'Sie haben vor dem Ende abgebrochen',
  cancelled_words: 'Es wurde nichts geändert. Der Link funktioniert noch.',
  other_person_title: 'Das war ein anderes Konto',
  other_person_words:
    'Nur {person} kann {name} erneuern. Es wurde nichts geändert. Melden Sie sich bei {service} mit dem richtigen Konto an und versuchen Sie es noch einmal, oder leiten Sie den Link weiter.',
  failed_title: 'Das hat nicht geklappt',
  failed_words:
    'Es wurde nichts geändert. Versuchen Sie es gleich noch einmal. Klappt es wieder nicht, sagen Sie es denen, die Ihnen den Link geschickt haben.',
  again: 'Noch einmal versuchen',
  wait_title: 'Gleich wieder da',
  wait_words: 'Es ist nichts verloren. Versuchen Sie es in einer Minute noch einmal.',
  opt_out_title: 'Keine Mails mehr an {address}?',
  opt_out_words:
    'Sie erfahren dann nicht mehr vorher, wenn etwas endet. Statt Ihnen erfahren es andere, die sich um diese Verbindungen kümmern.',
  opt_out: 'Keine Mails mehr',
  opted_out_title: 'Sie bekommen keine Mails mehr',
  opted_out_words: 'War das ein Versehen, nehmen Sie es hier zurück.',
  opt_in: 'Doch wieder Mails',
  opted_in_title: 'Sie bekommen wieder Mails',
};
