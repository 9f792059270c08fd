import AnalyticsIcon from '@mui/icons-material/BarChartOutlined';
import UnansweredIcon from '@mui/icons-material/ContactSupportOutlined';
import BehaviourIcon from '@mui/icons-material/InsightsOutlined';
import HealthIcon from '@mui/icons-material/MonitorHeartOutlined';
import SimulatorIcon from '@mui/icons-material/Science';
import SettingsIcon from '@mui/icons-material/SettingsOutlined';
import AiIcon from '@mui/icons-material/SmartToyOutlined';
import ListSubheader from '@mui/material/ListSubheader';
import type { ReactElement } from 'react';
import { Menu, useCanAccess, useSidebarState, useTranslate } from 'react-admin';

/** What is looked at most comes first; the simulator is how everybody begins. */
export function AppMenu() {
  return (
    <Menu>
      <Menu.DashboardItem />
      <Heading words="work" />
      <Menu.ResourceItem name="conversations" />
      <PageItem name="simulator" title="simulator.title" icon={<SimulatorIcon />} />
      <Menu.ResourceItem name="orders" />
      <Menu.ResourceItem name="tickets" />
      <Menu.ResourceItem name="followups" />
      <Menu.ResourceItem name="outbound-messages" />
      <Menu.ResourceItem name="decisions" />
      <Menu.ResourceItem name="contacts" />
      <Menu.ResourceItem name="messages" />
      <Heading words="shop" />
      <PageItem name="analytics" title="analytics.title" icon={<AnalyticsIcon />} />
      <PageItem name="behaviour" title="behaviour.title" icon={<BehaviourIcon />} />
      <Menu.ResourceItem name="products" />
      <Menu.ResourceItem name="post-links" />
      <Menu.ResourceItem name="sync-runs" />
      <Menu.ResourceItem name="catalog-sources" />
      <PageItem name="unanswered" title="unanswered.title" icon={<UnansweredIcon />} />
      <Menu.ResourceItem name="faqs" />
      <Menu.ResourceItem name="test-conversations" />
      <Menu.ResourceItem name="canned-replies" />
      <Menu.ResourceItem name="labels" />
      <PageItem name="ai-context" title="ai.title" icon={<AiIcon />} />
      <Menu.ResourceItem name="prompts" />
      <Menu.ResourceItem name="prompt-versions" />
      <Menu.ResourceItem name="reruns" />
      <Menu.ResourceItem name="businesses" />
      <PageItem name="settings" title="own_settings.title" icon={<SettingsIcon />} />
      <Menu.ResourceItem name="accounts" />
      <Menu.ResourceItem name="users" />
      <Heading words="system" />
      <PageItem name="health" title="health.title" icon={<HealthIcon />} />
      <Menu.ResourceItem name="inbound-events" />
      <Menu.ResourceItem name="audit-logs" />
      <Menu.ResourceItem name="app-logs" />
      <Menu.ResourceItem name="sessions" />
      <Menu.ResourceItem name="api-keys" />
    </Menu>
  );
}

function Heading({ words }: { words: string }) {
  const translate = useTranslate();
  const [isOpen] = useSidebarState();
  if (!isOpen) return null;
  return (
    <ListSubheader component="li" role="presentation" disableSticky sx={{ lineHeight: '36px', bgcolor: 'transparent' }}>
      {translate(`peyk.menu.${words}`)}
    </ListSubheader>
  );
}

/** A page that is no resource, for those who may see it. */
function PageItem({ name, title, icon }: { name: string; title: string; icon: ReactElement }) {
  const { canAccess } = useCanAccess({ resource: name, action: 'view' });
  if (!canAccess) return null;
  return <Menu.Item to={`/${name}`} primaryText={`peyk.${title}`} leftIcon={icon} />;
}
