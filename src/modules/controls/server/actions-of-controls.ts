/**
 * SQL: actions that were not cancelled, of risks that stand, once per control they bring about: the one the action
 * itself names and those linked to it. Columns `org_id`, `control_id`, `ref`, `title`, `status`,
 * `version`, `due_on`, `risk_ref`. What is asked of it, as `control_id = …`, reaches the indexes of both.
 */
export const actionsOfControls = `(
  select t.org_id, t.control_id, t.ref, t.title, t.status, t.version, t.due_on, r.ref as risk_ref
  from risk_action t
  join risk r on r.org_id = t.org_id and r.id = t.risk_id and r.withdrawn_at is null
  where t.control_id is not null and t.status <> 'cancelled'
  union all
  select l.org_id, l.control_id, t.ref, t.title, t.status, t.version, t.due_on, r.ref
  from action_control l
  join risk_action t on t.org_id = l.org_id and t.id = l.action_id and t.status <> 'cancelled'
  join risk r on r.org_id = t.org_id and r.id = t.risk_id and r.withdrawn_at is null
  where l.live)`
