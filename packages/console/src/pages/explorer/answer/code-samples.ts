// A call as code. The token is a name in each: what is copied can be shown to anybody.
import { asCurl } from '../../../graph/curl.ts';
import type { SentCall } from '../state.ts';

export interface Sample {
  /** As the tab says it. */
  label: string;
  code: string;
}

/** Text as a literal of JavaScript, Java and most others: JSON's escapes are theirs. */
const quoted = (text: string): string => JSON.stringify(text);
/** Python's and Ruby's single quotes. */
const single = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
/** Ruby's, Swift's and Kotlin's double quotes also read `#{` and `$`. */
const plainDouble = (text: string): string => quoted(text).replaceAll('#', '\\u0023').replaceAll('$', '\\u0024');
const entries = ({ params }: SentCall): (readonly [string, string])[] => Object.entries(params);

/** The samples of one call, in the order of the tabs. @param graph base address without a final slash */
export function samples(call: SentCall, graph: string): Sample[] {
  const path = `/${call.version}/${call.path}`;
  const url = `${graph}${path}`;
  return [
    { label: 'cURL', code: asCurl({ graph, method: call.method, path, params: call.params }) },
    { label: 'JavaScript', code: javaScript(call, url) },
    { label: 'JavaScript SDK', code: javaScriptSdk(call) },
    { label: 'Python', code: python(call, url) },
    { label: 'PHP', code: php(call, url) },
    { label: 'PHP SDK', code: phpSdk(call) },
    { label: 'Ruby', code: ruby(call, url) },
    { label: 'Java', code: java(call, url) },
    { label: 'Android SDK', code: android(call) },
    { label: 'iOS SDK', code: ios(call) },
    { label: 'HTTP', code: http(call, url, path) },
  ];
}

function javaScript(call: SentCall, url: string): string {
  const body =
    call.method === 'POST'
      ? `\n  body: new URLSearchParams(${JSON.stringify(call.params, null, 2).replaceAll('\n', '\n  ')}),`
      : '';
  return `const answer = await fetch(${quoted(url)}, {
  method: ${quoted(call.method)},
  headers: { Authorization: \`Bearer \${process.env.TOKEN}\` },${body}
});
console.log(await answer.json());`;
}

function javaScriptSdk(call: SentCall): string {
  const params = call.method === 'POST' ? `${JSON.stringify(call.params)}, ` : '';
  return `FB.api(${quoted(`/${call.path}`)}, ${quoted(call.method)}, ${params}function (response) {
  if (!response || response.error) return;
  console.log(response);
});`;
}

function python(call: SentCall, url: string): string {
  const data = entries(call).map(([name, value]) => `        ${single(name)}: ${single(value)},`);
  return `import os
import requests

answer = requests.${call.method.toLowerCase()}(
    ${single(url)},
    headers={'Authorization': 'Bearer ' + os.environ['TOKEN']},${data.length > 0 ? `\n    data={\n${data.join('\n')}\n    },` : ''}
    timeout=30,
)
print(answer.json())`;
}

function php(call: SentCall, url: string): string {
  const data = entries(call).map(([name, value]) => `${single(name)} => ${single(value)}`);
  return `<?php
$call = curl_init(${single(url)});
curl_setopt_array($call, [
    CURLOPT_CUSTOMREQUEST => ${single(call.method)},
    CURLOPT_RETURNTRANSFER => true,
    CURLOPT_HTTPHEADER => ['Authorization: Bearer ' . getenv('TOKEN')],${data.length > 0 ? `\n    CURLOPT_POSTFIELDS => http_build_query([${data.join(', ')}]),` : ''}
]);
print_r(json_decode(curl_exec($call), true));`;
}

function phpSdk(call: SentCall): string {
  const data = entries(call).map(([name, value]) => `${single(name)} => ${single(value)}`);
  const params = call.method === 'POST' ? `[${data.join(', ')}], ` : call.method === 'DELETE' ? '[], ' : '';
  return `<?php
$response = $fb->${call.method.toLowerCase()}(${single(`/${call.path}`)}, ${params}$accessToken);
$graphNode = $response->getDecodedBody();`;
}

function ruby(call: SentCall, url: string): string {
  const kind = `${call.method.charAt(0)}${call.method.slice(1).toLowerCase()}`;
  const data = entries(call).map(([name, value]) => `${single(name)} => ${single(value)}`);
  return `require 'net/http'
require 'json'

uri = URI(${single(url)})
request = Net::HTTP::${kind}.new(uri)
request['Authorization'] = "Bearer #{ENV['TOKEN']}"${data.length > 0 ? `\nrequest.set_form_data(${data.join(', ')})` : ''}
answer = Net::HTTP.start(uri.host, uri.port, use_ssl: uri.scheme == 'https') { |http| http.request(request) }
puts JSON.parse(answer.body)`;
}

function java(call: SentCall, url: string): string {
  const form = new URLSearchParams(call.params).toString();
  const body =
    call.method === 'POST'
      ? `HttpRequest.BodyPublishers.ofString(${quoted(form)})`
      : 'HttpRequest.BodyPublishers.noBody()';
  const type = call.method === 'POST' ? '\n    .header("Content-Type", "application/x-www-form-urlencoded")' : '';
  return `import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

HttpRequest request = HttpRequest.newBuilder(URI.create(${quoted(javaUri(url))}))
    .header("Authorization", "Bearer " + System.getenv("TOKEN"))${type}
    .method(${quoted(call.method)}, ${body})
    .build();
HttpResponse<String> answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
System.out.println(answer.body());`;
}

/** `URI.create` takes no braces: subfields are written percent-encoded. */
const javaUri = (url: string): string =>
  url.replaceAll('{', '%7B').replaceAll('}', '%7D').replaceAll('|', '%7C').replaceAll(' ', '%20');

function android(call: SentCall): string {
  const data = entries(call).map(([name, value]) => `params.putString(${plainDouble(name)}, ${plainDouble(value)});`);
  return `Bundle params = new Bundle();
${data.length > 0 ? `${data.join('\n')}\n` : ''}new GraphRequest(
    AccessToken.getCurrentAccessToken(),
    ${plainDouble(`/${call.path}`)},
    params,
    HttpMethod.${call.method},
    response -> System.out.println(response.getRawResponse())
).executeAsync();`;
}

function ios(call: SentCall): string {
  const data = entries(call).map(([name, value]) => `${quoted(name)}: ${quoted(value)}`);
  return `let request = GraphRequest(
    graphPath: ${quoted(`/${call.path}`)},
    parameters: [${data.length > 0 ? data.join(', ') : ':'}],
    httpMethod: .${call.method.toLowerCase()}
)
request.start { _, result, error in
    print(result ?? error ?? "")
}`;
}

function http(call: SentCall, url: string, path: string): string {
  const form = new URLSearchParams(call.params).toString();
  const body = call.method === 'POST' ? `Content-Type: application/x-www-form-urlencoded\n\n${form}` : '';
  return `${call.method} ${path} HTTP/1.1\nHost: ${new URL(url).host}\nAuthorization: Bearer {access-token}\n${body}`.trimEnd();
}
