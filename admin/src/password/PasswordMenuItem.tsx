import Icon from '@mui/icons-material/PasswordOutlined';
import ListItemIcon from '@mui/material/ListItemIcon';
import ListItemText from '@mui/material/ListItemText';
import MenuItem from '@mui/material/MenuItem';
import { LinkBase, useTranslate, useUserMenu } from 'react-admin';

/** The way to one's own password, in the menu of the person. */
export function PasswordMenuItem() {
  const translate = useTranslate();
  const menu = useUserMenu();
  return (
    <MenuItem component={LinkBase} to="/password" onClick={() => menu?.onClose()}>
      <ListItemIcon>
        <Icon fontSize="small" />
      </ListItemIcon>
      <ListItemText>{translate('peyk.password.change')}</ListItemText>
    </MenuItem>
  );
}
