// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/error.h"

namespace vitrine {

/// One sentence or two for people: what happened, then what to do. Translated.
/// Only ui/ and app/cli call this; everything below them passes the Error on.
QString messageFor(const Error& error);

} // namespace vitrine
