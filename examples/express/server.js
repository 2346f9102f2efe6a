// An Express app with "Log in with Facebook" by passport-facebook: it greets the person by name for as long as their token
// lives. Nothing in it knows of Hallpass.
import express from 'express';
import session from 'express-session';
import passport from 'passport';
import { Strategy } from 'passport-facebook';

const GRAPH = 'https://graph.facebook.com/v25.0';
/** Limits that pass: the app, the person, or the Page has made too many calls. */
const LIMITS = [4, 17, 32];

/** @param options `appId`, `appSecret`, `callbackURL`, `sessionSecret` */
export function createApp({ appId, appSecret, callbackURL, sessionSecret }) {
  const auth = new passport.Passport();
  auth.serializeUser((user, done) => done(null, user));
  auth.deserializeUser((user, done) => done(null, user));
  auth.use(
    new Strategy(
      {
        clientID: appId,
        clientSecret: appSecret,
        callbackURL,
        graphAPIVersion: 'v25.0',
        enableProof: true,
        state: true,
      },
      (token, _refreshToken, { id }, done) => done(null, { id, token }),
    ),
  );

  const app = express();
  app.use(session({ secret: sessionSecret, resave: false, saveUninitialized: false, cookie: { sameSite: 'lax' } }));
  app.use(auth.session());

  app.get('/auth/facebook', auth.authenticate('facebook', { scope: ['email'] }));
  app.get(
    '/auth/facebook/callback',
    auth.authenticate('facebook', { successRedirect: '/', failureRedirect: '/welcome' }),
  );
  app.get('/welcome', (_request, response) => response.send('<a href="/auth/facebook">Log in with Facebook</a>'));

  app.get('/', async (request, response) => {
    if (!request.user) return response.redirect('/welcome');
    const me = await fetch(`${GRAPH}/me?fields=name`, { headers: { authorization: `Bearer ${request.user.token}` } });
    const { name, error } = await me.json();
    // The token has died: only a new log-in helps.
    if (error?.code === 190) return request.logout(() => response.redirect('/auth/facebook'));
    if (me.status >= 500 || LIMITS.includes(error?.code)) return response.status(503).send('Please try again later.');
    if (error) return response.status(502).send('Facebook did not understand us.');
    return response.type('text').send(`Hello ${name}`);
  });

  app.use((error, _request, response, _next) => {
    // A code that was used twice, or an answer that belongs to another browser.
    if (error.name === 'TokenError' || error.name === 'AuthorizationError') return response.redirect('/welcome');
    return response.status(error.status ?? 500).send('Something went wrong.');
  });
  return app;
}

if (import.meta.main) {
  const { APP_ID: appId, APP_SECRET: appSecret, SESSION_SECRET: sessionSecret, PORT = '3000' } = process.env;
  const callbackURL = `http://localhost:${PORT}/auth/facebook/callback`;
  createApp({ appId, appSecret, callbackURL, sessionSecret }).listen(Number(PORT), 'localhost');
}
