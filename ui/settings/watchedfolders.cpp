// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/watchedfolders.h"

#include "app/base/messages.h"
#include "app/base/whendone.h"
#include "app/watching/watcher.h"
#include "ui/common/elidedlabel.h"
#include "ui/common/textlabel.h"
#include "ui/common/theme.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QDir>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QPushButton>
#include <QStandardPaths>
#include <QVBoxLayout>

namespace vitrine::ui {

using watching::WatchedFolder;

namespace {

constexpr int kFoldersWidth = 560;

/// In the order of the choices.
enum Choice { Proposed, SharedPrivately, SharedPublicly };

Choice choiceOf(const WatchedFolder& folder)
{
    if (folder.handling == WatchedFolder::Handling::Proposed)
        return Proposed;
    return folder.isPrivate ? SharedPrivately : SharedPublicly;
}

WatchedFolder chosen(const QString& path, int choice)
{
    using Handling = WatchedFolder::Handling;
    return {path, choice == Proposed ? Handling::Proposed : Handling::Shared,
            choice != SharedPublicly};
}

} // namespace

WatchedFolders::WatchedFolders(watching::Watcher& watcher, const QString& account, QWidget* parent)
    : QDialog(parent), m_watcher(watcher)
{
    setWindowTitle(tr("Watched folders"));
    build(account);
    read();
}

void WatchedFolders::build(const QString& account)
{
    auto* intro = new TextLabel(
        tr("Pictures that come into these folders from now on are meant for “%1”.").arg(account),
        this);
    intro->setWordWrap(true);
    m_hint = new TextLabel(this);
    m_hint->setWordWrap(true);
    setStyleRole(*m_hint, "strong");
    m_hint->hide();
    m_nothing = new TextLabel(tr("No folder is watched."), this);
    setStyleRole(*m_nothing, "muted");
    m_trouble = new TextLabel(this);
    m_trouble->setWordWrap(true);
    setStyleRole(*m_trouble, "danger");
    m_trouble->hide();
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    auto* add = buttons->addButton(tr("Add a folder…"), QDialogButtonBox::ActionRole);
    connect(add, &QPushButton::clicked, this, &WatchedFolders::chooseFolder);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);

    m_rows = new QVBoxLayout;
    m_rows->setSpacing(spacing::Small);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(spacing::Wide, spacing::Wide, spacing::Wide, spacing::Wide);
    layout->setSpacing(spacing::Large);
    layout->addWidget(intro);
    layout->addWidget(m_hint);
    layout->addWidget(m_nothing);
    layout->addLayout(m_rows);
    layout->addWidget(m_trouble);
    layout->addStretch();
    layout->addWidget(buttons);
    setMinimumWidth(kFoldersWidth);
}

void WatchedFolders::setHint(const QString& hint)
{
    m_hint->setText(hint);
    m_hint->setHidden(hint.isEmpty());
}

void WatchedFolders::read()
{
    using Folders = Result<QList<WatchedFolder>>;
    whenDone(this, m_watcher.folders(), [this](const Folders& folders) {
        if (folders)
            show(*folders);
        else
            follow(failure(folders.error()));
    });
}

void WatchedFolders::show(const QList<WatchedFolder>& folders)
{
    while (QLayoutItem* old = m_rows->takeAt(0)) {
        old->widget()->deleteLater();
        delete old;
    }
    for (const WatchedFolder& folder : folders)
        m_rows->addWidget(buildRow(folder));
    m_nothing->setVisible(folders.isEmpty());
}

QWidget* WatchedFolders::buildRow(const WatchedFolder& folder)
{
    auto* row = new QWidget(this);
    auto* name = new ElidedLabel(row);
    name->setText(QDir::toNativeSeparators(folder.path));
    auto* choice = new QComboBox(row);
    choice->addItems({tr("Propose new pictures"), tr("Share them, frosted for others"),
                      tr("Share them with everybody")});
    choice->setCurrentIndex(choiceOf(folder));
    choice->setAccessibleName(tr("What happens to new pictures in %1").arg(name->text()));
    auto* remove = new QPushButton(tr("Watch no more"), row);
    remove->setAccessibleDescription(name->text());
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(spacing::Small);
    layout->addWidget(name, 1);
    layout->addWidget(choice);
    layout->addWidget(remove);
    connect(choice, &QComboBox::activated, this,
            [this, path = folder.path](int index) { keep(chosen(path, index)); });
    connect(remove, &QPushButton::clicked, this, [this, path = folder.path] {
        whenDone(this, m_watcher.remove(path),
                 [this](const Result<void>& outcome) { follow(outcome); });
    });
    return row;
}

void WatchedFolders::chooseFolder()
{
    auto* dialog = new QFileDialog(this, tr("Which folder"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    dialog->setLabelText(QFileDialog::Accept, tr("Watch it"));
    dialog->setDirectory(QStandardPaths::writableLocation(QStandardPaths::PicturesLocation));
    connect(dialog, &QFileDialog::fileSelected, this, &WatchedFolders::addFolder);
    dialog->open();
}

void WatchedFolders::addFolder(const QString& path)
{
    keep(chosen(path, Proposed));
}

void WatchedFolders::keep(const WatchedFolder& folder)
{
    whenDone(this, m_watcher.put(folder), [this](const Result<void>& outcome) { follow(outcome); });
}

void WatchedFolders::follow(const Result<void>& outcome)
{
    m_trouble->setText(outcome ? QString() : messageFor(outcome.error()));
    m_trouble->setVisible(!outcome);
    if (outcome)
        read();
}

} // namespace vitrine::ui
