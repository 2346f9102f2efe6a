// Is loaded first into every Node.js program below `hallpass exec --env-only` (by NODE_OPTIONS), and brings to the proxy
// what does not read the proxy variables by itself: node:https with an agent of a program's own in every version, fetch
// in those before 24.5 and 22.21. It runs under old versions, so it is plain JavaScript.
'use strict';

const proxy = process.env.HALLPASS_PROXY && new URL(process.env.HALLPASS_PROXY);

if (proxy) {
  const http = require('node:http');
  const https = require('node:https');
  const tls = require('node:tls');

  const direct = (process.env.NO_PROXY || '').split(',').map((host) => host.trim().toLowerCase());
  const goesDirect = (host) =>
    direct.some((name) => name === host || (name.startsWith('.') && host.endsWith(name)) || host.endsWith(`.${name}`));

  /** Opens a way through the proxy; `done` gets the bare connection. */
  const tunnel = (host, port, done) => {
    const asked = http.request({
      host: proxy.hostname,
      port: proxy.port,
      method: 'CONNECT',
      path: `${host}:${port}`,
      headers: { host: `${host}:${port}` },
      agent: false,
    });
    asked.once('connect', (response, socket) => {
      if (response.statusCode === 200) return done(null, socket);
      socket.destroy();
      done(new Error(`The proxy of Hallpass refused ${host}:${port} (${response.statusCode})`));
    });
    asked.once('error', done);
    asked.end();
  };

  const connectDirectly = https.Agent.prototype.createConnection;
  https.Agent.prototype.createConnection = function createConnection(options, done) {
    const named = options && typeof options === 'object' && typeof options.host === 'string' && !options.socketPath;
    // An agent that was made for proxies finds ours by itself.
    const knows = this && this.options && this.options.proxyEnv;
    if (!named || typeof done !== 'function' || knows || goesDirect(options.host))
      return Reflect.apply(connectDirectly, this, arguments);
    tunnel(options.host, options.port || 443, (error, socket) => {
      if (error) return done(error);
      const servername = options.servername || options.host;
      done(null, tls.connect({ ...options, host: undefined, path: undefined, servername, socket }));
    });
  };

  const [major, minor] = process.versions.node.split('.').map(Number);
  const fetchKnowsProxies = major > 24 || (major === 24 && minor >= 5) || (major === 22 && minor >= 21);
  // The dispatcher of fetch is made at its first use, and an agent of the same kind takes a connector of one's own.
  const dispatcherKey = Symbol.for('undici.globalDispatcher.1');
  const original = globalThis.fetch;
  const useProxy = () => {
    globalThis.fetch = original;
    // Loads what fetch is made of; nothing is asked.
    original('data:,').catch(() => {});
    const present = globalThis[dispatcherKey];
    if (!present) return;
    const connect = (options, done) => {
      const secure = options.protocol === 'https:';
      const port = Number(options.port) || (secure ? 443 : 80);
      const secured = (socket) =>
        tls
          .connect({ socket, servername: options.servername || options.hostname, ALPNProtocols: ['http/1.1'] })
          .once('secureConnect', function ready() {
            done(null, this);
          })
          .once('error', done);
      if (goesDirect(options.hostname)) {
        const socket = require('node:net').connect({ host: options.hostname, port });
        if (secure) return void secured(socket);
        return void socket.once('connect', () => done(null, socket)).once('error', done);
      }
      tunnel(options.hostname, port, (error, socket) => {
        if (error) return done(error, null);
        if (secure) secured(socket);
        else done(null, socket);
      });
    };
    globalThis[dispatcherKey] = new present.constructor({ connect });
  };
  if (original && !fetchKnowsProxies) {
    globalThis.fetch = function fetch(...args) {
      useProxy();
      return globalThis.fetch(...args);
    };
  }
}
