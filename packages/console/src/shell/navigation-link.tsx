// One line of the column at the left of a console: a picture, the name of a place, and whether it is open.
import { NavLink } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { LucideIcon } from 'lucide-react';

interface NavigationLinkProps {
  to: string;
  label: string;
  icon: LucideIcon;
  /** The place is shown. */
  active: boolean;
  /** Other places have addresses below this one: the link counts as that of the open page for its own address alone. */
  exact?: boolean;
  /** The column closes where it is a drawer. */
  onGo: () => void;
}

export function NavigationLink({ to, label, icon: Icon, active, exact = false, onGo }: NavigationLinkProps) {
  return (
    <NavLink
      component={Link}
      to={to}
      label={label}
      leftSection={<Icon size={18} />}
      active={active}
      activeOptions={{ exact }}
      onClick={onGo}
    />
  );
}
