/** Every public export, by subject, in the order in which they are read. An export that is missing here stops the script. */
export const API_SUBJECTS = [
  {
    module: "tina4-ts",
    entry: "index.d.ts",
    subjects: {
      "An application": names(`
        createApp Application AppOptions run ListenOptions ListenAddress CloseOptions InProcessRequest Settings
        SettingOverrides
      `),
      Routes: names(`
        get head post put patch del any options group Router Verb GroupVerb GroupOptions Route RouteOptions
        RouteSchemas SecureOptions UploadOptions Handler HandlerResult ParamsOf
      `),
      Requests: names("Request RequestState MatchedRoute Fields Files UploadedFile"),
      Responses: names(`
        Response ResponseBody CookieOptions RedirectOptions FileOptions StreamSource ServerEvent HttpError
        HttpErrorOptions Tina4Error
      `),
      "Tokens, passwords and logins": names(
        "Auth Claims GetTokenOptions IssueTokensOptions TokenPair RefreshOptions SocketTicketOptions",
      ),
      Sessions: names("Session SessionData SessionStore StoredRecord"),
      "API keys": names(`
        requireApiKey ApiKeyGuard ApiKeyOptions StoredApiKeyOptions ApiKeyRecord createApiKey NewApiKey
        hashApiKey
      `),
      Middleware: names(`
        use Middleware MiddlewareFunction MiddlewareClass MiddlewareEntry Next requireRole LoginThrottle
        RateLimiter RateLimiterOptions RateCheck RateInfo RequestLoggerMiddleware RequestLoggerOptions
        CorsMiddleware CsrfMiddleware SecurityHeadersMiddleware
      `),
      Pages: names("Frond TemplateError TemplateFinding escapeHtml"),
      "The database": names(`
        Database Transaction TransactionOptions Row DatabaseValue ExecuteResult escapeLike DatabaseError
        DatabaseBusyError DatabaseUnreachableError DatabaseValueError
      `),
      WebSockets: names(`
        websocket WebSocketVerb WebSocketRoute WebSocketOptions WebSocketLimits WebSocketHandler
        WebSocketConnection SocketMessage SocketClosure
      `),
      "The log": names("Logger LogFields LogDestination"),
    },
  },
  {
    module: "tina4-ts/testing",
    entry: "testing/index.d.ts",
    subjects: {
      "Tests of an application": names(`
        testClient TestClient TestClientOptions TestRequest TestPage TestSocket TestSocketRequest CookieJar
        FakeClock
      `),
    },
  },
  {
    module: "tina4-ts/browser",
    entry: "browser/frond.d.ts",
    subjects: { "Scripts of pages": names("frond saveForm Frond") },
  },
];

function names(text) {
  return text.trim().split(/\s+/);
}
