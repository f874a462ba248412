using System.Runtime.InteropServices;

namespace NetGen;

/// <content>Evaluation, prediction, and single batches.</content>
public abstract partial class Trainer
{
    private SingleBatch? single;

    /// <summary>The loss, with penalties, and the metrics of a data set, by inference.</summary>
    /// <param name="data">The samples.</param>
    /// <param name="batchSize">The number of samples that go through the network at a time.</param>
    /// <param name="cancellationToken">Ends the evaluation after the present batch.</param>
    /// <returns>The results by the names that training reports them under.</returns>
    /// <exception cref="ArgumentException">The data set is empty, does not fit the network or the loss, or a label is out of range; the message names the output.</exception>
    /// <exception cref="InvalidDataException">A loss is not finite because the data are not; the message names the tensor, the sample and the element. No step was made of them.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <remarks>
    /// Cross-entropies are taken from the probabilities that inference gives, which Keras clips to [1e-7, 1 - 1e-7]; training takes them from the logits, without clipping.
    /// </remarks>
    public Logs Evaluate(IDataSource data, int batchSize = 32, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        using Turn turn = Enter();
        DataBinding binding = DataBinding.Create(network.Definition, EngineWithLoss.Heads, data, nameof(data));
        CheckStateful(data, BatchSize(data, batchSize), nameof(data));
        CallbackList.Attach(Callbacks, this);
        foreach (Callback callback in Callbacks) callback.OnTestBegin();
        try
        {
            Evaluate(data, new Batch(data, BatchSize(data, batchSize)), binding, cancellationToken);
        }
        finally
        {
            foreach (Callback callback in Callbacks) callback.OnTestEnd();
        }

        Logs logs = NewLogs(Engine.Evaluation);
        Engine.Evaluation.WriteTo(logs, 0);
        return logs;
    }

    /// <summary>The output of a network with one output for every sample of a data set, in the stored order.</summary>
    /// <param name="data">The samples; targets are not needed, and neither is a loss.</param>
    /// <param name="batchSize">The number of samples that go through the network at a time.</param>
    /// <param name="cancellationToken">Ends the prediction after the present batch.</param>
    /// <returns>The outputs one after the other. Of sequences, the outputs are padded with zeros to the longest of the data set.</returns>
    /// <exception cref="ArgumentException">The data set is empty or does not fit the network.</exception>
    /// <exception cref="InvalidOperationException">The network has several outputs; <see cref="PredictOutputs"/> gives them.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public float[] Predict(IDataSource data, int batchSize = 32, CancellationToken cancellationToken = default)
    {
        if (network.Definition.Outputs.Length != 1)
            throw new InvalidOperationException($"{network.Definition.Name} has {network.Definition.Outputs.Length} outputs; {nameof(PredictOutputs)} gives them all.");
        return PredictAll(data, batchSize, cancellationToken)[0];
    }

    /// <summary>All outputs for every sample of a data set, in the stored order, by the outputs' names.</summary>
    /// <inheritdoc cref="Predict"/>
    public IReadOnlyDictionary<string, float[]> PredictOutputs(IDataSource data, int batchSize = 32, CancellationToken cancellationToken = default)
    {
        float[][] outputs = PredictAll(data, batchSize, cancellationToken);
        return outputs.Index().ToDictionary(pair => network.Definition.Outputs[pair.Index].Name, pair => pair.Item, StringComparer.Ordinal);
    }

    /// <summary>One step on one batch, for networks with one input and one output. Metrics and callbacks are not concerned.</summary>
    /// <param name="x">The samples one after the other; sequences are padded to the longest.</param>
    /// <param name="y">Their targets one after the other. Of targets for each step, those behind the end of a sequence do not count.</param>
    /// <param name="sampleWeights">A weight per sample, or empty.</param>
    /// <param name="lengths">For a network with a time: how many steps of each sample count; empty for all of them, with the number of samples in <paramref name="samples"/>.</param>
    /// <param name="samples">The number of samples of a network with a time where there are no lengths; 0 otherwise.</param>
    /// <returns>The loss before the step, with penalties.</returns>
    /// <exception cref="ArgumentException">A length does not fit, no layer heeds the lengths, or a label is out of range. No step was made.</exception>
    /// <exception cref="InvalidDataException">The loss is not finite because the data are not; the message names the tensor, the sample and the element. No step was made.</exception>
    /// <exception cref="InvalidOperationException">The network has several inputs or outputs, or is for inference only.</exception>
    public double TrainOnBatch(ReadOnlySpan<float> x, ReadOnlySpan<float> y, ReadOnlySpan<float> sampleWeights = default, ReadOnlySpan<int> lengths = default, int samples = 0)
    {
        network.CheckHasWeights();
        using Turn turn = Enter();
        SingleBatch batch = SingleBatch.Fill(ref single, network.Definition, EngineWithLoss, x, y, sampleWeights, lengths, samples);
        int threads = Engine.ThreadsFor(batch.Batch.Count, MostThreads);
        Engine.Use(batch.Binding, batch.HoldsInput ? batch.Batch : null);
        return batch.HoldsInput ? Engine.Step.Run(batch.Batch, batch.Binding, null, null, Seed, threads) : Engine.Step.Run(batch, x, Seed, threads);
    }

    /// <summary>The loss of one batch by inference, with penalties, for networks with one input and one output.</summary>
    /// <inheritdoc cref="TrainOnBatch"/>
    /// <returns>The loss.</returns>
    public double TestOnBatch(ReadOnlySpan<float> x, ReadOnlySpan<float> y, ReadOnlySpan<float> sampleWeights = default, ReadOnlySpan<int> lengths = default, int samples = 0)
    {
        using Turn turn = Enter();
        SingleBatch batch = SingleBatch.Fill(ref single, network.Definition, EngineWithLoss, x, y, sampleWeights, lengths, samples);
        Engine.Use(batch.Binding, batch.HoldsInput ? batch.Batch : null);
        return Engine.Test(batch.Batch, batch.Binding, null, MostThreads, batch.HoldsInput ? default : x) + Engine.Penalty();
    }

    /// <summary>
    /// Brings back to 0 what layers with <c>Stateful</c> have taken over from batch to batch, as Keras's <c>reset_states</c> does; the next batch may have any number of samples.
    /// </summary>
    /// <remarks>
    /// Each <see cref="Fit"/>, unless it goes on from a checkpoint, each <see cref="Evaluate(IDataSource, int, CancellationToken)"/> and each <see cref="Predict"/> begins at 0 anyway, and a Fit goes
    /// on from the end of an epoch to the start of the next, where a callback may call this. <see cref="TrainOnBatch"/> goes on from the training before it, and <see cref="TestOnBatch"/> from the evaluation
    /// before it: a validation leaves the training where it was.
    /// </remarks>
    public void ResetStates()
    {
        Engine.StatesOfTraining.Reset();
        Engine.StatesOfInference.Reset();
    }

    private void Evaluate(IDataSource data, Batch batch, DataBinding binding, CancellationToken cancellationToken)
    {
        TrainingEngine compiled = Engine;
        Scoreboard board = compiled.Evaluation;
        compiled.Use(binding);
        board.Bind(binding);
        board.Reset();
        compiled.StatesOfInference.Reset();
        double penalty = compiled.Penalty();
        using BatchReader reader = data.CreateReader(batch.Capacity);
        while (reader.TryRead(batch))
        {
            cancellationToken.ThrowIfCancellationRequested();
            board.AddTotal(compiled.Test(batch, binding, board, MostThreads) + penalty, batch.Count);
        }

        if (board.Samples == 0) throw new ArgumentException("The data set gave no sample; at least one is expected.", nameof(data));
    }

    private float[][] PredictAll(IDataSource data, int batchSize, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        using Turn turn = Enter();
        TrainingEngine compiled = Engine;
        DataBinding binding = DataBinding.Create(network.Definition, [], data, nameof(data));
        compiled.Use(binding);
        List<float>[] results = [.. compiled.Heads.Select(head => new List<float>(Capacity(data, head)))];
        int[] sizes = [.. compiled.Heads.Select(head => head.SampleSize)];
        batchSize = BatchSize(data, batchSize);
        CheckStateful(data, batchSize, nameof(data));
        compiled.StatesOfInference.Reset();
        CallbackList.Attach(Callbacks, this);
        foreach (Callback callback in Callbacks) callback.OnPredictBegin();
        try
        {
            Batch batch = new(data, batchSize);
            using BatchReader reader = data.CreateReader(batchSize);
            while (reader.TryRead(batch))
            {
                cancellationToken.ThrowIfCancellationRequested();
                compiled.Infer(batch, binding, MostThreads);
                for (int i = 0; i < results.Length; i++) Append(compiled, binding, i, batch.Count, sizes[i], results[i]);
            }
        }
        finally
        {
            foreach (Callback callback in Callbacks) callback.OnPredictEnd();
        }

        return Array.ConvertAll(results, list => list.ToArray());
    }

    private static void Append(TrainingEngine compiled, DataBinding binding, int output, int samples, int size, List<float> result)
    {
        // What stands behind the end of a sequence would hang on its batch.
        if (binding.HasSequences) compiled.Heads[output].ClearMasked(samples);
        ReadOnlySpan<float> predictions = compiled.Predictions(output, samples);
        int own = predictions.Length / samples;
        for (int i = 0; i < samples; i++)
        {
            result.AddRange(predictions.Slice(i * own, own));
            int end = result.Count;
            CollectionsMarshal.SetCount(result, end + size - own);
            CollectionsMarshal.AsSpan(result)[end..].Clear();
        }
    }

    private static int Capacity(IDataSource data, OutputHead head) => (int)Math.Min((data.SampleCount ?? 0) * head.SampleSize, Array.MaxLength);
}
