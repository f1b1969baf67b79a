// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/session/accountsetup.h"

#include <QString>

namespace vitrine::session {

/// What a person is told of a server that was looked at, and what they can do there: in the window
/// and by vitrinectl the same.
QString wordsFor(const Found& found);

} // namespace vitrine::session
