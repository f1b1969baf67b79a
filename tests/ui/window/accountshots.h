// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace vitrine::test {

class LiveWindow;
class Photographer;

/// The ways to another gallery, two of them side by side, and what is said of one that is away.
void shootAccounts(LiveWindow& live, Photographer& camera);

} // namespace vitrine::test
