// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/protocol/capabilities.h"

namespace vitrine::api {

/// Which of the servers that speak the API it is, found by asking.
enum class Dialect {
    Vitrine,   ///< tells its capabilities
    Reference, ///< tells no more than whether it is set up; takes uploads elsewhere
    Article    ///< lists images and tells nothing of itself
};

/// What a server said when it was first spoken to.
struct Greeting {
    Dialect dialect = Dialect::Vitrine;
    protocol::Capabilities capabilities = protocol::Capabilities::defaults();
};

} // namespace vitrine::api
