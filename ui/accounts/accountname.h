// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/session/accountlist.h"

namespace vitrine::ui {

/// What an account is called in the window: "This computer", or as the person named it.
QString accountName(const session::Account& account);

} // namespace vitrine::ui
