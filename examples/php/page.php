<?php
// A page that greets a person. It knows the Graph by the address of Meta, and nothing of Hallpass.

const GRAPH = 'https://graph.facebook.com/v25.0';

/** @return array<string, mixed> */
function call(string $path, array $params, bool $post = false): array
{
    $query = http_build_query($params);
    $options = ['http' => ['ignore_errors' => true]];
    if ($post) {
        $options['http'] += ['method' => 'POST', 'content' => $query, 'header' => 'Content-Type: application/x-www-form-urlencoded'];
    }
    $context = stream_context_get_options(stream_context_get_default());
    $context['http'] = $options['http'] + ($context['http'] ?? []);
    $address = GRAPH . $path . ($post ? '' : "?$query");
    return json_decode(file_get_contents($address, false, stream_context_create($context)), true);
}

function greeting(string $token): string
{
    $me = call('/me', ['fields' => 'name', 'access_token' => $token]);
    if (isset($me['error'])) {
        return 'Please log in again.';
    }
    return 'Hello, ' . htmlspecialchars($me['name']) . '!';
}
