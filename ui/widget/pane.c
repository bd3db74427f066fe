/* SPDX-License-Identifier: MIT */
#include "ui/widget/pane.h"

#include "ui/widget/list_pane.h"

struct pane *pane_open(const struct pane_kind *kind, struct session *session)
{
	return kind->open ? kind->open(session) : list_pane_open(kind, session);
}

void pane_close(struct pane *pane)
{
	(pane->kind->close ? pane->kind->close : list_pane_close)(pane);
}

void pane_refresh(struct pane *pane)
{
	(pane->kind->refresh ? pane->kind->refresh : list_pane_refresh)(pane);
}

void pane_draw(struct pane *pane, struct canvas *canvas, bool focused)
{
	(pane->kind->draw ? pane->kind->draw : list_pane_draw)(pane, canvas, focused);
}

struct pane_result pane_handle(struct pane *pane, const struct pane_input *input)
{
	const struct pane_kind *kind = pane->kind;
	struct pane_result result = kind->handle ? kind->handle(pane, input) : pane_ignored;

	return result.kind == PANE_IGNORED && kind->list ? list_pane_handle(pane, input) : result;
}

bool pane_has_copy(const struct pane_kind *kind)
{
	return kind->copy || (kind->list && !kind->report);
}

void pane_copy(struct pane *pane, struct text *text)
{
	(pane->kind->copy ? pane->kind->copy : list_pane_copy)(pane, text);
}

void pane_search(struct pane *pane)
{
	(pane->kind->search ? pane->kind->search : list_pane_search)(pane);
}

bool pane_seek(struct pane *pane, int direction, bool here)
{
	return (pane->kind->seek ? pane->kind->seek : list_pane_seek)(pane, direction, here);
}

void pane_matches(struct pane *pane, uint32_t *number, uint32_t *count)
{
	(pane->kind->matches ? pane->kind->matches : list_pane_matches)(pane, number, count);
}

bool pane_keep(struct pane *pane, struct pattern *pattern)
{
	if (pane->kind->list && list_pane_keep(pane, pattern))
		return true;
	pattern_free(pattern);
	return false;
}

bool pane_is_filtered(const struct pane *pane)
{
	return pane->kind->list && ((const struct list_pane *)pane)->kept;
}
