// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/result.h"
#include "app/watching/watchedfolder.h"

#include <QDialog>

class QLabel;
class QVBoxLayout;

namespace vitrine::watching {
class Watcher;
}

namespace vitrine::ui {

/// Which folders an account watches, and what happens to new pictures in them. What is changed
/// holds at once.
class WatchedFolders final : public QDialog
{
    Q_OBJECT

public:
    /// \a watcher must outlive the dialog. \a account is its name, as a person calls it.
    WatchedFolders(watching::Watcher& watcher, const QString& account, QWidget* parent = nullptr);

    /// What is to be known of the account, below what the dialog is for.
    void setHint(const QString& hint);
    /// As when the person has chosen it to be watched: new pictures are proposed.
    void addFolder(const QString& path);

private:
    void build(const QString& account);
    void read();
    void show(const QList<watching::WatchedFolder>& folders);
    QWidget* buildRow(const watching::WatchedFolder& folder);
    void chooseFolder();
    void keep(const watching::WatchedFolder& folder);
    void follow(const Result<void>& outcome);

    watching::Watcher& m_watcher;
    QVBoxLayout* m_rows = nullptr;
    QLabel* m_hint = nullptr;
    QLabel* m_nothing = nullptr;
    QLabel* m_trouble = nullptr;
};

} // namespace vitrine::ui
