// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/command.h"

namespace vitrine::cli {

/// vitrinectl thumbnail: a variant of a picture, made here.
class ThumbnailCommand final : public Command
{
    Q_OBJECT

public:
    /// \a pictures must outlive it.
    ThumbnailCommand(const Output& output, ThumbnailArguments arguments,
                     const imaging::PictureReader& pictures);

    void run() override;

private:
    Result<imaging::Variants> make() const;
    Result<void> write(const QByteArray& jpeg) const;
    void end(const QString& file, const Error& error);

    const ThumbnailArguments m_arguments;
    const imaging::PictureReader& m_pictures;
};

} // namespace vitrine::cli
