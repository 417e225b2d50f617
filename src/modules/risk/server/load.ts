import type { Id } from '#kernel/id.ts'
import { dateAt, type Instant, type LocalDate } from '#kernel/time.ts'
import { statement } from '#platform/db/database.ts'
import type { Tx } from '#platform/db/transaction.ts'
import type { AuthoritySignature, RiskApproval, SignedApproval } from '../domain/approval.ts'
import type { Dossier } from '../domain/dossier.ts'
import type { RiskMethod } from '../domain/method.ts'
import type { Risk } from '../domain/risk.ts'
import {
  type Axis,
  type ControlState,
  controlsInPlan,
  type OptionKind,
  type RiskControl,
  type RiskRise,
  type TreatmentOption,
} from '../domain/treatment.ts'
import type { ActionFacts, TreatmentAction } from '../domain/treatment-action.ts'
import { type ControlFacts, controlDirectory } from './control-directory.ts'

/** A risk row with what a list joins to it. */
export interface RiskRow extends Risk {
  readonly ownerName: string | null
  readonly ownerActive: boolean | null
}

export interface LoadedAction extends TreatmentAction {
  /** Controls it brings about beside its own, see `ActionControl`. */
  readonly furtherControls: readonly Id<'control'>[]
  readonly ownerName: string | null
  readonly ownerActive: boolean | null
}

interface LoadedSignature extends AuthoritySignature {
  readonly personName: string
}

export interface LoadedApproval extends RiskApproval {
  readonly personName: string
  readonly signatures: readonly LoadedSignature[]
}

/** Something else a risk touches. */
export interface Touched {
  readonly id: string
  readonly ref: string
  readonly title: string
}

/**
 * A dossier with the rows and names that views and verbs need beside it. Registers load of actions what the state of the
 * treatment is read from; pages and reports load them whole.
 */
export interface LoadedRisk<Action extends ActionFacts = ActionFacts> {
  readonly row: RiskRow
  readonly dossier: Dossier & { readonly actions: readonly Action[] }
  readonly links: readonly RiskControl[]
  readonly options: readonly TreatmentOption[]
  readonly rises: readonly RiskRise[]
  readonly actions: readonly Action[]
  readonly assets: readonly Touched[]
  readonly obligations: readonly Touched[]
  readonly approvals: { readonly plan: LoadedApproval | null; readonly acceptance: LoadedApproval | null }
}

export interface LoadedRegister<Action extends ActionFacts = ActionFacts> {
  readonly risks: readonly LoadedRisk<Action>[]
  readonly methods: readonly RiskMethod[]
  readonly inForce: RiskMethod | null
  readonly controls: ReadonlyMap<Id<'control'>, ControlFacts>
  readonly today: LocalDate
}

/** Links and actions come as the database finds them; people and exports get them in order of their reference. */
export const byRef = new Intl.Collator('en', { numeric: true })

/** The day rules compare due dates with. */
export const todayOf = (tx: Tx): LocalDate => dateAt(tx.now, tx.org.timeZone)

// Options, rises and control links share one statement: their own columns under common names.
interface Part {
  readonly part: 'option' | 'rise' | 'control' | 'asset' | 'obligation'
  readonly id: Id
  readonly version: number
  readonly riskId: Id<'risk'>
  readonly live: boolean
  readonly a: string | null
  readonly b: string | null
  readonly c: string | null
  readonly day: LocalDate | null
  readonly moment: Instant | null
}

const parts = `
  select 'option' as part, id, version, risk_id, live, kind as a, agreement as b, change as c, ended_on as day,
    null::timestamptz as moment
  from risk_option where org_id = $1 and risk_id = any($2)
  union all
  select 'rise', id, version, risk_id, live, axis, reason, secondary_risk_id::text, null, null
  from risk_rise where org_id = $1 and risk_id = any($2)
  union all
  select 'control', id, version, risk_id, live, control_id::text, lowers, state, null, went_live_at
  from risk_control where org_id = $1 and risk_id = any($2)`

const touched = `
  select 'asset' as part, l.id, l.version, l.risk_id, l.live, 'asset_' || replace(a.id::text, '-', '') as a, a.ref as b,
    a.name as c, null::date as day, null::timestamptz as moment
  from risk_asset l join asset a on a.org_id = l.org_id and a.id = l.asset_id
  where l.org_id = $1 and l.risk_id = any($2) and l.live
  union all
  select 'obligation', l.id, l.version, l.risk_id, l.live, 'obligation_' || replace(o.id::text, '-', ''), o.ref, o.title, null, null
  from risk_obligation l join obligation o on o.org_id = l.org_id and o.id = l.obligation_id
  where l.org_id = $1 and l.risk_id = any($2) and l.live`

/** Further controls of actions `a`, as a column. */
export const furtherControls = `array(
    select l.control_id from action_control l where l.org_id = a.org_id and l.action_id = a.id and l.live) as further_controls`

const wholeActions = `
  select a.*, ${furtherControls}, p.name as owner_name, p.status <> 'left' and p.withdrawn_at is null as owner_active
  from risk_action a left join person p on p.org_id = a.org_id and p.id = a.owner_id
  where a.org_id = $1 and a.risk_id = any($2)`

const actionFacts = `
  select a.risk_id, a.ref, a.owner_id, a.status, a.due_on, a.done_at from risk_action a
  where a.org_id = $1 and a.risk_id = any($2)`

const statementOfParts: Readonly<Record<Depth, string>> = {
  list: parts,
  report: parts,
  page: `${parts} union all ${touched}`,
  new: touched,
}

/**
 * How much is loaded: `list` what rules ask, `report` also actions whole, `page` also what each risk touches, `new` only
 * that, for a risk just recorded, which has no treatment yet.
 */
type Depth = 'list' | 'report' | 'page' | 'new'

/** Loads what belongs to the given risks: five statements, whatever their number. */
export function loadRegister(
  tx: Tx,
  rows: readonly RiskRow[],
  depth: 'report' | 'page',
): Promise<LoadedRegister<LoadedAction>>
export function loadRegister(tx: Tx, rows: readonly RiskRow[], depth?: 'list'): Promise<LoadedRegister>
export function loadRegister(tx: Tx, rows: readonly RiskRow[], depth: Depth = 'list'): Promise<LoadedRegister> {
  const ids = rows.map((row) => row.id)
  return load(tx, ids, rows, depth)
}

/** Dossiers of several risks for rules that write them. */
export async function loadDossiers(tx: Tx, ids: readonly Id<'risk'>[]): Promise<Dossier[]> {
  const { risks } = await load(tx, ids, riskRows(tx, ids), 'list', { forWriting: true })
  return risks.map((loaded) => loaded.dossier)
}

/** One risk with what belongs to it: at most six statements in one flight. Undefined when it does not exist here. */
export async function loadRisk<D extends 'list' | 'page' | 'new'>(
  tx: Tx,
  id: Id<'risk'>,
  depth: D,
): Promise<{ loaded: LoadedOf<D>; register: LoadedRegister } | undefined> {
  const rows = findRiskRow(tx, id).then((row) => (row ? [row] : []))
  const register = await load(tx, [id], rows, depth, { forWriting: true })
  const [loaded] = register.risks
  return loaded && { loaded: loaded as LoadedOf<D>, register }
}

type LoadedOf<D extends Depth> = D extends 'list' ? LoadedRisk : LoadedRisk<LoadedAction>

async function load(
  tx: Tx,
  ids: readonly Id<'risk'>[],
  given: readonly RiskRow[] | Promise<readonly RiskRow[]>,
  depth: Depth,
  { forWriting }: { forWriting: boolean } = { forWriting: false },
): Promise<LoadedRegister> {
  const values = [tx.org.id, ids]
  const none: never[] = []
  const noControls: ReadonlyMap<Id<'control'>, ControlFacts> = new Map()
  const [rows, methods, pieces, actions, approvals, controls] = await Promise.all([
    given,
    tx.rows<RiskMethod>(statement('select * from risk_method where org_id = $1', [tx.org.id])),
    tx.rows<Part>(statement(statementOfParts[depth], values)),
    depth === 'new' ? none : tx.rows<ActionFacts>(statement(depth === 'list' ? actionFacts : wholeActions, values)),
    depth === 'new'
      ? none
      : tx.rows<Omit<LoadedApproval, 'signatures'> & { signatures: LoadedSignature[] | null }>(
          statement(
            `select v.*, p.name as person_name, (
           select jsonb_agg(jsonb_build_object('id', s.id, 'orgId', s.org_id, 'version', s.version,
             'approvalId', s.approval_id, 'role', s.role, 'personId', s.person_id, 'personName', sp.name,
             'signedAt', to_char(s.signed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
             'materialHash', s.material_hash))
           from risk_signature s join person sp on sp.org_id = s.org_id and sp.id = s.person_id
           where s.org_id = v.org_id and s.approval_id = v.id) as signatures
         from risk_approval v join person p on p.org_id = v.org_id and p.id = v.person_id
         where v.org_id = $1 and v.risk_id = any($2) and v.ended_at is null`,
            values,
          ),
        ),
    depth === 'new' ? noControls : controlDirectory(tx),
  ])
  const byId = new Map(methods.map((method) => [method.id, method]))
  const inForce = methods.find((method) => method.status === 'approved') ?? null
  const piecesOf = Map.groupBy(pieces, (piece) => piece.riskId)
  const actionsOf = Map.groupBy(actions, (action) => action.riskId)
  const approvalsOf = Map.groupBy(approvals, (approval) => approval.riskId)
  const touches = depth === 'page' || depth === 'new'
  const risks = rows.map((row): LoadedRisk => {
    const mine = piecesOf.get(row.id) ?? none
    const options: TreatmentOption[] = []
    const rises: RiskRise[] = []
    const links: RiskControl[] = []
    for (const piece of mine) {
      if (piece.part === 'option') options.push(optionOf(tx, piece))
      else if (piece.part === 'rise') rises.push(riseOf(tx, piece))
      else if (piece.part === 'control') links.push(linkOf(tx, piece))
    }
    const acts = (approvalsOf.get(row.id) ?? none).map((act) => ({ ...act, signatures: act.signatures ?? [] }))
    const plan = acts.find((act) => act.act === 'plan') ?? null
    const acceptance = acts.find((act) => act.act === 'acceptance') ?? null
    const own = actionsOf.get(row.id) ?? none
    if (own.length > 1) own.sort((a, b) => byRef.compare(a.ref, b.ref))
    return {
      row,
      links,
      options,
      rises,
      actions: own,
      assets: touches ? touchedBy(mine, 'asset') : [],
      obligations: touches ? touchedBy(mine, 'obligation') : [],
      approvals: { plan, acceptance },
      dossier: {
        risk: forWriting ? withoutNames(row) : row,
        method: row.methodId === null ? null : (byId.get(row.methodId) ?? null),
        inForce,
        owner:
          row.ownerId === null
            ? null
            : { id: row.ownerId, name: row.ownerName ?? '', active: row.ownerActive ?? false },
        options,
        controls: controlsInPlan(links, controls),
        rises,
        actions: own,
        planApproval: signed(plan),
        acceptance: signed(acceptance),
      },
    }
  })
  return { risks, methods, inForce, controls, today: todayOf(tx) }
}

// Rules write the rows they are given back: names that only views need stay outside. Registers, which only read, are
// spared the copy of each row.
function withoutNames({ ownerName: _name, ownerActive: _active, ...risk }: RiskRow): Risk {
  return risk
}

function signed(loaded: LoadedApproval | null): SignedApproval | null {
  if (loaded === null) return null
  const { personName: _name, signatures, ...approval } = loaded
  return { approval, signatures: signatures.map(({ personName: _signer, ...signature }) => signature) }
}

const touchedBy = (pieces: readonly Part[], part: Part['part']): Touched[] =>
  pieces
    .filter((piece) => piece.part === part)
    .map(({ a, b, c }) => ({ id: a ?? '', ref: b ?? '', title: c ?? '' }))
    .toSorted((x, y) => x.ref.localeCompare(y.ref, 'en', { numeric: true }))

function optionOf(tx: Tx, piece: Part): TreatmentOption {
  return {
    orgId: tx.org.id,
    id: piece.id as Id<'riskOption'>,
    version: piece.version,
    riskId: piece.riskId,
    live: piece.live,
    kind: piece.a as OptionKind,
    agreement: piece.b,
    agreementId: null,
    change: piece.c,
    endedOn: piece.day,
  }
}

function riseOf(tx: Tx, piece: Part): RiskRise {
  return {
    orgId: tx.org.id,
    id: piece.id as Id<'riskRise'>,
    version: piece.version,
    riskId: piece.riskId,
    live: piece.live,
    axis: piece.a ?? '',
    reason: piece.b ?? '',
    secondaryRiskId: piece.c as Id<'risk'>,
  }
}

function linkOf(tx: Tx, piece: Part): RiskControl {
  return {
    orgId: tx.org.id,
    id: piece.id as Id<'riskControl'>,
    version: piece.version,
    riskId: piece.riskId,
    live: piece.live,
    controlId: piece.a as Id<'control'>,
    lowers: piece.b as Axis | null,
    state: piece.c as ControlState,
    wentLiveAt: piece.moment,
  }
}

/** The controls an action brings about, in order of their reference. */
export function controlsOfAction(
  action: Pick<LoadedAction, 'controlId' | 'furtherControls'>,
  controls: LoadedRegister['controls'],
): ControlFacts[] {
  const ids = action.controlId === null ? action.furtherControls : [action.controlId, ...action.furtherControls]
  return ids.flatMap((id) => controls.get(id) ?? []).sort((a, b) => byRef.compare(a.ref, b.ref))
}

const ownerColumns = `o.name as owner_name, o.status <> 'left' and o.withdrawn_at is null as owner_active`

function findRiskRow(tx: Tx, id: Id<'risk'>): Promise<RiskRow | undefined> {
  return tx.first<RiskRow>(
    statement(
      `select r.*, ${ownerColumns} from risk r left join person o on o.org_id = r.org_id and o.id = r.owner_id
       where r.org_id = $1 and r.id = $2`,
      [tx.org.id, id],
    ),
  )
}

/** Rows of several risks, or of all that are not withdrawn. */
export function riskRows(tx: Tx, only?: readonly Id<'risk'>[]): Promise<RiskRow[]> {
  const which = only === undefined ? 'r.withdrawn_at is null' : 'r.id = any($2)'
  return tx.rows<RiskRow>(
    statement(
      `select r.*, ${ownerColumns} from risk r left join person o on o.org_id = r.org_id and o.id = r.owner_id
       where r.org_id = $1 and ${which} order by r.ref collate people`,
      only === undefined ? [tx.org.id] : [tx.org.id, only],
    ),
  )
}
