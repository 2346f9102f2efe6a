<?php
// Is run before every PHP program below `hallpass exec --env-only` (auto_prepend_file): streams such as
// file_get_contents take a proxy from their context alone. A file that was to be run first before is run as well.
(static function (): void {
    $proxy = getenv('HALLPASS_PROXY');
    if ($proxy !== false) {
        $address = 'tcp://' . parse_url($proxy, PHP_URL_HOST) . ':' . parse_url($proxy, PHP_URL_PORT);
        stream_context_set_default(['http' => ['proxy' => $address, 'request_fulluri' => true]]);
    }
})();
$hallpassBefore = null;
foreach ([php_ini_loaded_file(), ...array_map('trim', explode(',', (string) php_ini_scanned_files()))] as $hallpassIni) {
    $hallpassSet = is_string($hallpassIni) && is_file($hallpassIni) ? parse_ini_file($hallpassIni) : false;
    $hallpassFile = $hallpassSet === false ? '' : ($hallpassSet['auto_prepend_file'] ?? '');
    if ($hallpassFile !== '' && $hallpassFile !== __FILE__) $hallpassBefore = $hallpassFile;
}
unset($hallpassIni, $hallpassSet, $hallpassFile);
if ($hallpassBefore !== null) require $hallpassBefore;
unset($hallpassBefore);
