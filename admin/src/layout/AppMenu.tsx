import SimulatorIcon from '@mui/icons-material/Science';
import { Menu, useCanAccess } from 'react-admin';

/** What is looked at most comes first; the simulator is how everybody begins. */
export function AppMenu() {
  const { canAccess: canSimulate } = useCanAccess({ resource: 'simulator', action: 'view' });
  return (
    <Menu>
      <Menu.ResourceItem name="conversations" />
      {canSimulate && <Menu.Item to="/simulator" primaryText="peyk.simulator.title" leftIcon={<SimulatorIcon />} />}
      <Menu.ResourceItem name="tickets" />
      <Menu.ResourceItem name="followups" />
      <Menu.ResourceItem name="outbound-messages" />
      <Menu.ResourceItem name="messages" />
      <Menu.ResourceItem name="contacts" />
      <Menu.ResourceItem name="inbound-events" />
    </Menu>
  );
}
