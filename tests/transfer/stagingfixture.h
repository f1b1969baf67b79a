// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/imaging/pipeline/inprocesspicturereader.h"
#include "app/transfer/stagingmodel.h"
#include "tests/support/pictures.h"

#include <QAbstractItemModelTester>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

namespace vitrine::test {

/// A staging model in a directory of its own, where its files lie as well.
class StagingFixture : public QObject
{
protected:
    using StagingModel = transfer::StagingModel;

    void makeModel()
    {
        m_directory = std::make_unique<QTemporaryDir>();
        m_model = std::make_unique<StagingModel>(m_directory->path(), m_pictures);
        m_tester = std::make_unique<QAbstractItemModelTester>(m_model.get());
    }
    void addAndWait(const QStringList& paths, int rows)
    {
        m_model->addPaths(paths);
        QTRY_COMPARE(m_model->rowCount(), rows);
        for (int row = 0; row < rows; ++row)
            QTRY_VERIFY(!data(row, StagingModel::IsLoadingRole).toBool());
    }
    QVariant data(int row, int role) const { return m_model->index(row).data(role); }
    QString file(const QString& name, const QByteArray& bytes) const
    {
        return writeTo(m_directory->path(), name, bytes);
    }

    const imaging::InProcessPictureReader m_pictures;
    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<StagingModel> m_model;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
};

} // namespace vitrine::test
