using System.Text;
using NetGen.Tests.Training;

namespace NetGen.Tests.Fuzzing;

/// <summary>Checkpoints of a training: one that is refused leaves the trainer as it was.</summary>
internal sealed class CheckpointFormat : SafetensorsFormat
{
    public override string Name => "checkpoint";

    public override string Extension => ".ckpt";

    public override int ShortRun => 3000;

    public override byte[][] Words { get; } =
    [
        .. new[] { "\"", "{", "}", "\\\"", "[", "]", ",", ":", "0", "-1", "1e99", "NaN", "9223372036854775807", "null", "Adam", "SGD", "velocity", "momentum", "optimizer/", "weights/", "false", "\\u0000" }.Select(Encoding.UTF8.GetBytes),
    ];

    public override byte[][] Corpus()
    {
        using TemporaryFolder folder = new();
        Trainer<Training.Tiny> trainer = Create();
        trainer.SaveCheckpoint(folder["fresh"]);
        trainer.Fit(ToyData.Blobs(32, Training.Tiny.InputSize, Training.Tiny.OutputSize), epochs: 2);
        trainer.SaveCheckpoint(folder["trained"]);
        return [File.ReadAllBytes(folder["fresh"]), File.ReadAllBytes(folder["trained"])];
    }

    public override Func<string, int, string> CreateReader()
    {
        Trainer<Training.Tiny> trainer = Create();
        string[] names = [.. trainer.Network.Parameters.Select(p => p.Name)];
        return (path, _) =>
        {
            float[][] before = [.. names.Select(trainer.Network.GetWeights)];
            (int Epoch, long Iterations, ulong Seed, double LearningRate) state = (trainer.Epoch, trainer.Iterations, trainer.Seed, trainer.LearningRate);
            try
            {
                trainer.LoadCheckpoint(path);
                return $"{trainer.Epoch} epochs";
            }
            catch (ModelFileException)
            {
                Assert.Equal(state, (trainer.Epoch, trainer.Iterations, trainer.Seed, trainer.LearningRate));
                Assert.All(names.Index(), name => Assert.Equal(before[name.Index], trainer.Network.GetWeights(name.Item)));
                throw;
            }
        };
    }

    private static Trainer<Training.Tiny> Create() => new(new Training.Tiny()) { Optimizer = new Adam(0.01), Loss = Loss.SparseCategoricalCrossentropy(), Threads = 1 };
}
