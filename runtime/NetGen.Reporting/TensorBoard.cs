using System.Diagnostics;
using Google.Protobuf;
using NetGen.Reporting;
using NetGen.Reporting.Proto;

namespace NetGen;

/// <summary>
/// Writes event files that TensorBoard shows (Keras's <c>TensorBoard</c>): the results of epochs and, where wanted, of batches, histograms of the weights, and the network's graph. Training goes
/// to the folder <c>train</c>, validation to <c>validation</c>, with Keras's names: <c>epoch_loss</c>, <c>batch_loss</c>, <c>evaluation_loss_vs_iterations</c>, <c>dense/kernel/histogram</c>.
/// </summary>
/// <remarks>Each run begins files of its own, so that one that goes on shows in the same curves: <c>tensorboard --logdir logs</c>.</remarks>
public sealed class TensorBoard : Callback
{
    private const string Validation = "val_";

    private readonly string folder;
    private readonly int histogramFreq;
    private readonly bool writeGraph;
    private readonly bool writeStepsPerSecond;
    private readonly EveryBatches batches;
    private EventFile? train;
    private EventFile? validation;
    private long epochStart;
    private long firstBatch;
    private long batchStart;

    /// <summary>Writes event files.</summary>
    /// <param name="logDir">The folder, which is made where it is missing.</param>
    /// <param name="histogramFreq">After how many epochs to write histograms of the weights; 0 for never.</param>
    /// <param name="writeGraph">Whether to write the network's graph; a network whose layers have no form in ONNX has none.</param>
    /// <param name="writeStepsPerSecond">Whether to write how many batches a second were trained on.</param>
    /// <param name="updateFreq">After how many batches to write the results so far; null writes those of epochs alone.</param>
    /// <exception cref="ArgumentException"><paramref name="logDir"/> is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="histogramFreq"/> is negative, or <paramref name="updateFreq"/> below 1.</exception>
    public TensorBoard(string logDir = "logs", int histogramFreq = 0, bool writeGraph = true, bool writeStepsPerSecond = false, int? updateFreq = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(logDir);
        ArgumentOutOfRangeException.ThrowIfNegative(histogramFreq);
        batches = new EveryBatches(updateFreq, nameof(updateFreq));
        folder = logDir;
        this.histogramFreq = histogramFreq;
        this.writeGraph = writeGraph;
        this.writeStepsPerSecond = writeStepsPerSecond;
    }

    /// <inheritdoc/>
    public override void OnTrainBegin()
    {
        train = new EventFile(Path.Combine(folder, "train"));
        if (writeGraph && Trainer.Network.OnnxText is { } text) train.Write(new Event { GraphDef = Graphs.Of(text).ToByteString() });
        train.Flush();
    }

    /// <inheritdoc/>
    public override void OnEpochBegin(int epoch)
    {
        epochStart = Stopwatch.GetTimestamp();
        firstBatch = Trainer.BatchesTrained;
    }

    /// <inheritdoc/>
    public override void OnBatchBegin(int batch) => batchStart = Stopwatch.GetTimestamp();

    /// <inheritdoc/>
    public override void OnBatchEnd(int batch, Logs logs)
    {
        if (!batches.IsDue()) return;
        Summary summary = new();
        foreach ((string name, double value) in logs) Add(summary, $"batch_{name}", value);
        if (writeStepsPerSecond) Add(summary, "batch_steps_per_second", 1 / Stopwatch.GetElapsedTime(batchStart).TotalSeconds);
        train!.Write(new Event { Step = Trainer.BatchesTrained, Summary = summary });
        train.Flush();
    }

    /// <inheritdoc/>
    public override void OnEpochEnd(int epoch, Logs logs)
    {
        Summary training = new(), evaluation = new(), iterations = new();
        foreach ((string name, double value) in logs)
        {
            if (!name.StartsWith(Validation, StringComparison.Ordinal))
            {
                Add(training, $"epoch_{name}", value);
                continue;
            }

            Add(evaluation, $"epoch_{name[Validation.Length..]}", value);
            Add(iterations, $"evaluation_{name[Validation.Length..]}_vs_iterations", value);
        }

        foreach (OptimizerGroup group in Trainer.Groups)
        {
            if (!logs.ContainsKey(group.RateName)) Add(training, $"epoch_{group.RateName}", group.State.LearningRate);
        }

        if (writeStepsPerSecond) Add(training, "epoch_steps_per_second", (Trainer.BatchesTrained - firstBatch) / Stopwatch.GetElapsedTime(epochStart).TotalSeconds);
        if (histogramFreq > 0 && epoch % histogramFreq == 0)
        {
            foreach (ParameterInfo parameter in Trainer.Network.Parameters)
                training.Value.Add(new Summary.Types.Value { Tag = $"{parameter.Name}/histogram", Histo = Histograms.Of(Trainer.Network.GetWeights(parameter.Name)) });
        }

        train!.Write(new Event { Step = epoch, Summary = training });
        train.Flush();
        if (evaluation.Value.Count == 0) return;
        validation ??= new EventFile(Path.Combine(folder, "validation"));
        validation.Write(new Event { Step = epoch, Summary = evaluation });
        validation.Write(new Event { Step = Trainer.BatchesTrained, Summary = iterations });
        validation.Flush();
    }

    /// <inheritdoc/>
    public override void OnTrainEnd() => Close();

    /// <inheritdoc/>
    public override void OnTrainInterrupted() => Close();

    /// <inheritdoc/>
    protected internal override void SaveState(IDictionary<string, string> state) => batches.Save(state);

    /// <inheritdoc/>
    protected internal override void LoadState(IReadOnlyDictionary<string, string> state) => batches.Load(state);

    private static void Add(Summary summary, string tag, double value) => summary.Value.Add(new Summary.Types.Value { Tag = tag, SimpleValue = (float)value });

    private void Close()
    {
        train?.Dispose();
        validation?.Dispose();
        (train, validation) = (null, null);
    }
}
