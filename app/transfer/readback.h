// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/api/apiclient.h"
#include "app/imaging/picturereader.h"
#include "app/transfer/transfer.h"

#include <QImage>
#include <QObject>
#include <QQueue>
#include <QThreadPool>

namespace vitrine::transfer {

/// Looks at what a server has of an upload, where the server does not say of itself which bytes it
/// stored: at the original, where that can be had, else at its preview. Counts no download. One
/// picture after the other, behind everything that anybody waits for; what is too much is left out,
/// and what does not succeed is not tried again. Lives on the client's thread.
class ReadBack final : public QObject
{
    Q_OBJECT

public:
    /// Both must outlive it.
    ReadBack(api::ApiClient& client, const imaging::PictureReader& pictures,
             QObject* parent = nullptr);
    ~ReadBack() override;

    /// \a preview is what was sent looks like; null: only bytes can be compared.
    void look(const Transfer& upload, const QImage& preview);

Q_SIGNALS:
    /// What the server gives is what was sent: the same bytes, or a picture that looks the same.
    void isSame(const QString& key);

private:
    struct Order {
        QString key;
        QUrl url;
        qint64 limit = 0;  ///< bytes
        QByteArray sha256; ///< of the original; empty where the preview is looked at
        QImage preview;
    };
    static bool compare(const Order& order, const QByteArray& bytes,
                        const imaging::PictureReader& pictures);
    void next();

    api::ApiClient& m_client;
    const imaging::PictureReader& m_pictures;
    QQueue<Order> m_waiting;
    bool m_isLooking = false;
    QThreadPool m_pool; // one thread
};

} // namespace vitrine::transfer
