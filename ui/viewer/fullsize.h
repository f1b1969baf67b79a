// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/result.h"
#include "app/protocol/image.h"

#include <QFuture>
#include <QImage>
#include <QObject>

#include <functional>

namespace vitrine::ui {

/// The one picture that is wanted in full size. Asks for it once, and tells of the last one that
/// was wanted alone, however late the others come. GUI thread.
class FullSize final : public QObject
{
    Q_OBJECT

public:
    /// Gives the picture; the future finishes on this thread, and is cancelled when another picture
    /// is wanted.
    using Load = std::function<QFuture<Result<QImage>>(const protocol::Image& image)>;

    explicit FullSize(Load load, QObject* parent = nullptr);
    ~FullSize() override;

    void want(const protocol::Image& image);
    void wantNothing();

Q_SIGNALS:
    void arrived(const QImage& picture);
    void failed(const vitrine::Error& error);

private:
    const Load m_load;
    QString m_wanted;     ///< id; empty for nothing
    int m_generation = 0; ///< what arrives for an older one is dropped
    QFuture<Result<QImage>> m_loading;
};

} // namespace vitrine::ui
