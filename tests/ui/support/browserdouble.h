// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDesktopServices>
#include <QObject>
#include <QUrl>

#include <functional>

namespace vitrine::test {

/// Takes the desktop's browser's place for as long as it lives.
class BrowserDouble final : public QObject
{
    Q_OBJECT

public:
    explicit BrowserDouble(std::function<void(const QUrl&)> visit) : m_visit(std::move(visit))
    {
        QDesktopServices::setUrlHandler(QStringLiteral("http"), this, "open");
    }
    ~BrowserDouble() override { QDesktopServices::unsetUrlHandler(QStringLiteral("http")); }

public Q_SLOTS:
    void open(const QUrl& page) { m_visit(page); }

private:
    const std::function<void(const QUrl&)> m_visit;
};

} // namespace vitrine::test
