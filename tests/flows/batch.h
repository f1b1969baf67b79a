// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/session/session.h"

/// Many pictures shared at once, and what becomes of them.
namespace vitrine::test {

/// Writes \a count small pictures, no two alike, into \a directory and hands them to the outbox.
/// Waits until it has them.
Result<void> shareBatch(session::Session& session, const QString& directory, int count);

/// Transfers of \a session that are in \a state.
int countIn(session::Session& session, transfer::State state);

} // namespace vitrine::test
