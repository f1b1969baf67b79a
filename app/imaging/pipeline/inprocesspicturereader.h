// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "app/imaging/picturereader.h"

namespace vitrine::imaging {

/// Reads where it is called. A decoder that crashes takes the process along: this is for processes
/// that may die, and for tests.
class InProcessPictureReader final : public PictureReader
{
public:
    Result<Findings> read(const PictureSource& source, const ReadOrder& order) const override;
};

} // namespace vitrine::imaging
