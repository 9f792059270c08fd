import simpleRestProvider from 'ra-data-simple-rest';
import { lazy, useMemo, useState } from 'react';
import {
  AdminContext,
  AdminUI,
  Authenticated,
  CustomRoutes,
  Resource,
  reactRouterProvider,
  type Store,
  type TranslationMessages,
} from 'react-admin';
import accounts from './accounts/index.tsx';
import apiKeys from './api-keys/index.tsx';
import appLogs from './app-logs/index.tsx';
import auditLogs from './audit-logs/index.tsx';
import businesses from './businesses/index.tsx';
import cannedReplies from './canned-replies/index.tsx';
import catalogSources from './catalog-sources/index.tsx';
import contacts from './contacts/index.tsx';
import conversations from './conversations/index.tsx';
import decisions from './decisions/index.tsx';
import faqs from './faqs/index.tsx';
import followups from './followups/index.tsx';
import inboundEvents from './inbound-events/index.tsx';
import labels from './labels/index.tsx';
import { AppLayout } from './layout/AppLayout.tsx';
import { AppNotification } from './layout/AppNotification.tsx';
import { SignInPage } from './layout/SignInPage.tsx';
import messagesResource from './messages/index.tsx';
import orders from './orders/index.tsx';
import outboundMessages from './outbound-messages/index.tsx';
import postLinks from './post-links/index.tsx';
import products from './products/index.tsx';
import promptVersions from './prompt-versions/index.tsx';
import prompts from './prompts/index.tsx';
import { createAuthProvider } from './providers/auth-provider.ts';
import { createHttpClient } from './providers/http-client.ts';
import { createI18nProvider, type LocaleCode } from './providers/i18n-provider.ts';
import { createOperatorActions } from './providers/operator-actions.ts';
import { createSession } from './providers/session.ts';
import { OperatorContext } from './providers/use-operator.ts';
import reruns from './reruns/index.tsx';
import sessions from './sessions/index.tsx';
import syncRuns from './sync-runs/index.tsx';
import testSet from './test-set/index.tsx';
import { StyleDirection } from './theme/StyleDirection.tsx';
import { THEMES } from './theme/theme.ts';
import tickets from './tickets/index.tsx';
import users from './users/index.tsx';

const DashboardPage = lazy(() => import('./dashboard/DashboardPage.tsx'));
/** The pages that show no resource; each is loaded when it is first opened. */
const PAGES = {
  '/analytics': lazy(() => import('./analytics/AnalyticsPage.tsx')),
  '/bot': lazy(() => import('./places/BotPage.tsx')),
  '/setup': lazy(() => import('./places/SetupPage.tsx')),
  '/simulator': lazy(() => import('./simulator/SimulatorPage.tsx')),
  '/rehearsal': lazy(() => import('./simulator/RehearsalPage.tsx')),
  '/ai-context': lazy(() => import('./ai-context/AiContextPage.tsx')),
  '/unanswered': lazy(() => import('./unanswered/UnansweredPage.tsx')),
  '/behaviour': lazy(() => import('./behaviour/BehaviourPage.tsx')),
  '/settings': lazy(() => import('./settings/SettingsPage.tsx')),
  '/password': lazy(() => import('./password/PasswordPage.tsx')),
  '/health': lazy(() => import('./health/HealthPage.tsx')),
};
const { Route } = reactRouterProvider;

const session = createSession({
  fetch: (...input) => window.fetch(...input),
  withLock: (run) => (navigator.locks ? navigator.locks.request('peyk-refresh', run) : run()),
});
const authProvider = createAuthProvider(session);
const httpClient = createHttpClient(session);
const dataProvider = simpleRestProvider('/api', httpClient);
const operator = createOperatorActions(httpClient);

export interface AppProps {
  /** Remembers in this browser what the person chose. */
  store: Store;
  initialLocale: LocaleCode;
  /** Of that language. */
  messages: TranslationMessages;
}

/** The panel. */
export function App({ store, initialLocale, messages }: AppProps) {
  const [locale, setLocale] = useState(initialLocale);
  // The provider lives as long as the page; later changes reach it through `changeLocale`.
  const i18nProvider = useMemo(() => createI18nProvider(initialLocale, messages, setLocale), [initialLocale, messages]);
  const themes = THEMES[locale === 'fa' ? 'rtl' : 'ltr'];
  return (
    <StyleDirection locale={locale}>
      <OperatorContext value={operator}>
        <AdminContext
          authProvider={authProvider}
          dataProvider={dataProvider}
          i18nProvider={i18nProvider}
          store={store}
          lightTheme={themes.light}
          darkTheme={themes.dark}
        >
          <AdminUI
            title="Peyk"
            dashboard={DashboardPage}
            layout={AppLayout}
            notification={AppNotification}
            loginPage={SignInPage}
            disableTelemetry
            requireAuth
          >
            <Resource name="conversations" {...conversations} />
            <Resource name="messages" {...messagesResource} />
            <Resource name="contacts" {...contacts} />
            <Resource name="outbound-messages" {...outboundMessages} />
            <Resource name="followups" {...followups} />
            <Resource name="orders" {...orders} />
            <Resource name="products" {...products} />
            <Resource name="post-links" {...postLinks} />
            <Resource name="catalog-sources" {...catalogSources} />
            <Resource name="sync-runs" {...syncRuns} />
            <Resource name="tickets" {...tickets} />
            <Resource name="inbound-events" {...inboundEvents} />
            <Resource name="accounts" {...accounts} />
            <Resource name="api-keys" {...apiKeys} />
            <Resource name="app-logs" {...appLogs} />
            <Resource name="audit-logs" {...auditLogs} />
            <Resource name="businesses" {...businesses} />
            <Resource name="canned-replies" {...cannedReplies} />
            <Resource name="decisions" {...decisions} />
            <Resource name="faqs" {...faqs} />
            <Resource name="labels" {...labels} />
            <Resource name="prompts" {...prompts} />
            <Resource name="prompt-versions" {...promptVersions} />
            <Resource name="reruns" {...reruns} />
            <Resource name="sessions" {...sessions} />
            <Resource name="test-conversations" {...testSet} />
            <Resource name="users" {...users} />
            <CustomRoutes>
              {Object.entries(PAGES).map(([path, Content]) => (
                <Route
                  key={path}
                  path={path}
                  element={
                    <Authenticated>
                      <Content />
                    </Authenticated>
                  }
                />
              ))}
            </CustomRoutes>
          </AdminUI>
        </AdminContext>
      </OperatorContext>
    </StyleDirection>
  );
}
