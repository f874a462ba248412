using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace NetGen.Tests.Training;

/// <summary>
/// The test executable as a process that trains with a backup after every third batch, until it is killed or done. It tells the step from which it goes on and each batch behind it; done, it
/// leaves the network's weights and the history.
/// </summary>
internal static class TrainingChild
{
    internal const int SaveFreq = 3;
    private const string FolderVariable = "NETGEN_TRAINING_CHILD";
    private const string Weights = "weights.safetensors";
    private const string Results = "history.txt";

    internal static Process Start(string folder)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true, RedirectStandardInput = true };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet") start.ArgumentList.Add(typeof(TrainingChild).Assembly.Location);
        start.Environment[FolderVariable] = folder;
        return Process.Start(start)!;
    }

    /// <summary>Trains to the end, with a backup where a folder is given.</summary>
    internal static void Train(string folder, bool isChild)
    {
        Mixed model = new(seed: 1);
        List<Callback> callbacks = [new ReduceLROnPlateau(monitor: "loss", patience: 1, factor: 0.9, minDelta: 0.01)];
        Trainer<Mixed>? trainer = null;
        if (isChild)
        {
            callbacks.Add(new BackupAndRestore(Path.Combine(folder, "backup"), SaveFreq, deleteCheckpoint: false));
            callbacks.Add(new LambdaCallback { TrainBegin = () => Console.WriteLine(trainer!.Iterations), BatchEnd = (_, _) => Console.WriteLine(trainer!.Iterations) });
        }

        trainer = new(model)
        {
            Optimizer = new Adam(0.003),
            Loss = Loss.SparseCategoricalCrossentropy(),
            Metrics = [Metric.Accuracy(), Metric.TopK(2)],
            Seed = 17,
            Threads = 1, // The child runs before its module is initialized, and other threads wait for that.
            Callbacks = callbacks,
        };
        History history = trainer.Fit(ToyData.Blobs(150, 37, 5), epochs: 12, batchSize: 16, validationSplit: 0.2);
        File.WriteAllLines(Path.Combine(folder, Results), history.Names.Select(name => $"{name} {string.Join(' ', history[name].Select(v => v.ToString("R", CultureInfo.InvariantCulture)))}"));
        model.Save(Path.Combine(folder, Weights));
    }

    internal static bool IsDone(string folder) => File.Exists(Path.Combine(folder, Weights));

    internal static (byte[] Weights, string[] History) Read(string folder) => (File.ReadAllBytes(Path.Combine(folder, Weights)), File.ReadAllLines(Path.Combine(folder, Results)));

    [ModuleInitializer]
    internal static void RunIfChild()
    {
        if (Environment.GetEnvironmentVariable(FolderVariable) is not { Length: > 0 } folder) return;
        Train(folder, isChild: true);
        Environment.Exit(0);
    }
}
