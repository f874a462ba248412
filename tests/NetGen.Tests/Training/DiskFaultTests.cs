using System.Diagnostics;

namespace NetGen.Tests.Training;

/// <summary>Disks that get full, folders that may not be written and files that vanish while a training runs: an error that names the file, and a network at its last whole step.</summary>
public sealed class DiskFaultTests : IDisposable
{
    private static readonly Dataset Data = ToyData.Blobs(64, 37, 5);

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    /// <summary>A real disk with room for one backup and no second: the first is whole, and the training goes on from it when there is room.</summary>
    [Fact]
    public void A_disk_that_gets_full_in_mid_epoch()
    {
        string disk = folder["disk"];
        Directory.CreateDirectory(disk);
        Assert.SkipUnless(OperatingSystem.IsLinux() && Run("mount", "-t", "tmpfs", "-o", "size=128k", "tmpfs", disk), "Only Linux's administrator can make a small disk.");
        try
        {
            File.WriteAllBytes(Path.Combine(disk, "other"), new byte[60_000]);
            Mixed model = new(seed: 1), whole = new(seed: 1);
            Create(whole).Fit(Data, epochs: 3, batchSize: 16);
            Trainer<Mixed> trainer = Create(model, new BackupAndRestore(Path.Combine(disk, "backup"), saveFreq: 3));
            IOException problem = Assert.Throws<IOException>(() => trainer.Fit(Data, epochs: 3, batchSize: 16));
            Assert.Contains("latest.checkpoint", problem.Message, StringComparison.Ordinal);
            Assert.DoesNotContain(".tmp", problem.Message, StringComparison.Ordinal);
            Assert.Equal([Path.Combine(disk, "backup", "latest.checkpoint")], Directory.GetFiles(Path.Combine(disk, "backup")));
            Assert.Equal(6, trainer.Iterations);
            Assert.All(model.Parameters, p => Assert.All(model.GetWeights(p.Name), w => Assert.True(float.IsFinite(w))));

            File.Delete(Path.Combine(disk, "other"));
            Trainer<Mixed> resumed = Create(new Mixed(seed: 9), new BackupAndRestore(Path.Combine(disk, "backup"), saveFreq: 3));
            resumed.Fit(Data, epochs: 3, batchSize: 16);
            Assert.Equal(12, resumed.Iterations);
            Assert.Equal(Weights(whole), Weights(resumed.Network));
        }
        finally
        {
            Assert.True(Run("umount", disk));
        }
    }

    [Theory]
    [InlineData("backup")]
    [InlineData("checkpoint")]
    [InlineData("csv")]
    public void A_folder_that_is_none(string what)
    {
        // A file in the folder's place refuses also the administrator, whom modes do not bind.
        File.WriteAllText(folder["place"], "");
        Callback callback = what switch
        {
            "backup" => new BackupAndRestore(Path.Combine(folder["place"], "b")),
            "checkpoint" => new ModelCheckpoint(Path.Combine(folder["place"], "c")),
            _ => new CsvLogger(Path.Combine(folder["place"], "c.csv")),
        };
        Trainer<Mixed> trainer = Create(new Mixed(seed: 1), callback);
        IOException problem = Assert.ThrowsAny<IOException>(() => trainer.Fit(Data, epochs: 1, batchSize: 16));
        Assert.Contains(folder["place"], problem.Message, StringComparison.Ordinal);
        Assert.Equal("", File.ReadAllText(folder["place"]));
    }

    [Fact]
    public void A_folder_that_may_only_be_read()
    {
        string disk = folder["disk"], path = Path.Combine(disk, "c");
        Directory.CreateDirectory(disk);
        Trainer<Mixed> trainer = Create(new Mixed(seed: 1), new BackupAndRestore(disk));
        trainer.SaveCheckpoint(path);
        byte[] before = File.ReadAllBytes(path);

        // Modes do not bind the administrator, a mount does.
        Assert.SkipUnless(OperatingSystem.IsLinux() && Run("mount", "--bind", disk, disk) && Run("mount", "-o", "remount,ro,bind", disk), "Only Linux's administrator can mount.");
        try
        {
            Exception problem = Assert.ThrowsAny<Exception>(() => trainer.SaveCheckpoint(path));
            Assert.True(problem is IOException or UnauthorizedAccessException, problem.ToString());
            Assert.Contains(path, problem.Message, StringComparison.Ordinal);
            Assert.DoesNotContain(".tmp", problem.Message, StringComparison.Ordinal);
            problem = Assert.ThrowsAny<Exception>(() => trainer.Fit(Data, epochs: 1, batchSize: 16));
            Assert.True(problem is IOException or UnauthorizedAccessException, problem.ToString());
            Assert.Equal(before, File.ReadAllBytes(path));
            Assert.Equal(4, trainer.Iterations);
        }
        finally
        {
            Assert.True(Run("umount", disk));
        }
    }

    /// <summary>An image is deleted while the epoch runs: the error names it, and training goes on when it is there again.</summary>
    [Fact]
    public void A_data_file_that_vanishes_in_mid_epoch()
    {
        string images = folder["images"];
        Random random = new(3);
        for (int i = 0; i < 24; i++)
        {
            Directory.CreateDirectory(Path.Combine(images, $"{i % 3}"));
            File.WriteAllBytes(Path.Combine(images, $"{i % 3}", $"{i}.png"), Tests.Data.TestImages.Plain(2, 2, (byte)random.Next(256), (byte)(i % 3 * 100), 7));
        }

        ImageDataset data = ImageFolder.Open(images, new ImageFolderOptions { Height = 2, Width = 2, PrefetchedBatches = 1 });
        Seen whole = new(seed: 1);
        Create(whole).Fit(data, epochs: 2, batchSize: 4);
        string victim = data.File(13), backup = folder["backup"];
        byte[] content = File.ReadAllBytes(victim);
        Trainer<Seen> trainer = Create(
            new Seen(seed: 1),
            new BackupAndRestore(backup, saveFreq: 1),
            new LambdaCallback { EpochBegin = epoch => { if (epoch == 1) File.Delete(victim); } });
        DataFileException problem = Assert.Throws<DataFileException>(() => trainer.Fit(data, epochs: 2, batchSize: 4));
        Assert.StartsWith(victim, problem.Message, StringComparison.Ordinal);
        Assert.Equal(1, trainer.Epoch);
        File.WriteAllBytes(victim, content);
        Trainer<Seen> resumed = Create(new Seen(seed: 8), new BackupAndRestore(backup, saveFreq: 1));
        resumed.Fit(data, epochs: 2, batchSize: 4);
        Assert.Equal(Weights(whole), Weights(resumed.Network));
    }

    private static Trainer<T> Create<T>(T model, params Callback[] callbacks)
        where T : Network<T>, INetwork<T>
    {
        return new Trainer<T>(model) { Optimizer = new Adam(0.01), Loss = Loss.SparseCategoricalCrossentropy(), Callbacks = callbacks };
    }

    private static float[] Weights(Network model) => [.. model.Parameters.SelectMany(p => model.GetWeights(p.Name))];

    private static bool Run(string command, params string[] arguments)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(command, arguments) { RedirectStandardError = true })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
