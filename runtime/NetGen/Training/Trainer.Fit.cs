namespace NetGen;

/// <content>Training over a data set.</content>
public abstract partial class Trainer
{
    private int? resumedEpoch;

    // Batches of the present epoch that were trained on: more than 0 within an epoch, also one that was interrupted.
    private int batchesDone;
    private int presentBatchSize;

    /// <summary>Trains for a number of epochs.</summary>
    /// <param name="data">The samples, each once an epoch.</param>
    /// <param name="epochs">The number of the epoch behind the last one, as in Keras; as many epochs are run where the first one is 0, and none where <paramref name="initialEpoch"/> is not below it.</param>
    /// <param name="batchSize">The number of samples of a step; the last batch of an epoch may have fewer.</param>
    /// <param name="validation">Samples to evaluate after each epoch, or null.</param>
    /// <param name="validationSplit">The last fraction of <paramref name="data"/>, before it is shuffled, to evaluate instead of training on it; 0 for none.</param>
    /// <param name="initialEpoch">The number of the first epoch; null for 0, or behind the last one of a checkpoint that was loaded.</param>
    /// <param name="classWeights">A factor of the loss for each class, where a class that is not listed has 1; for networks with one output.</param>
    /// <param name="shuffle">Whether each epoch has a random order of its own.</param>
    /// <param name="cancellationToken">Ends training after the present step.</param>
    /// <returns>The results of every epoch; the same object as <see cref="History"/>.</returns>
    /// <remarks>
    /// Where an optimizer has <see cref="NetGen.Optimizer.UseEma"/>, the weights are their moving averages at the end, as in Keras. What is allowed and hardly ever meant, such as logits for a loss behind a
    /// softmax or a Normalization that was not adapted, is said once on the standard error stream.
    /// </remarks>
    /// <exception cref="ArgumentException">
    /// The data set is empty, does not fit the network or the loss, or a label is out of range; the message names the output. Or layers with <c>Stateful</c> cannot go on through its
    /// batches: <paramref name="shuffle"/> is true, or they are not all of one size.
    /// </exception>
    /// <exception cref="InvalidDataException">A loss is not finite because the data are not; the message names the tensor, the sample and the element. No step was made of them.</exception>
    /// <exception cref="InvalidOperationException">The network is for inference only, there is no loss, another thread is in a call of this trainer, or a callback watches what will not be reported.</exception>
    /// <exception cref="OperationCanceledException">
    /// The token was cancelled. The network stands at its last whole step; <see cref="History"/> holds the whole epochs, and a checkpoint may be saved.
    /// </exception>
    public History Fit(
        IDataSource data,
        int epochs = 1,
        int batchSize = 32,
        IDataSource? validation = null,
        double validationSplit = 0,
        int? initialEpoch = null,
        IReadOnlyDictionary<int, double>? classWeights = null,
        bool shuffle = true,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentOutOfRangeException.ThrowIfLessThan(epochs, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        network.CheckHasWeights();
        using Turn turn = Enter();
        foreach (BackupAndRestore backup in Callbacks.OfType<BackupAndRestore>())
        {
            // What was interrupted goes on where it was, whatever the call would begin with.
            if (resumedEpoch is null && backup.TryRestore(this)) initialEpoch = null;
        }

        int first = initialEpoch ?? resumedEpoch ?? 0;
        ArgumentOutOfRangeException.ThrowIfNegative(first, nameof(initialEpoch));
        if (validationSplit != 0) (data, validation) = Split(data, validation, validationSplit);
        CheckStateful(data, BatchSize(data, batchSize), nameof(data), shuffle);
        if (validation is not null) CheckStateful(validation, BatchSize(validation, batchSize), nameof(validation));

        TrainingEngine compiled = EngineWithLoss;
        DataBinding binding = DataBinding.Create(network.Definition, compiled.Heads, data, nameof(data));
        compiled.Use(binding);
        compiled.Training.Bind(binding);
        if (classWeights is null) LabelData.Check(data, binding, compiled.Heads, "training");
        SampleWeighting? weighting = SampleWeighting.For(classWeights, compiled.Heads, binding);
        Validation? check = validation is null ? null : new Validation(this, validation, BatchSize(validation, batchSize));
        check?.Check();
        compiled.Use(binding);
        batchSize = BatchSize(data, batchSize);
        EpochProgress? within = resumedEpoch == first ? resumedProgress : null;
        within?.Check(batchSize, StepsOf(data, batchSize), compiled.Training);
        FitInfo run = new(first, epochs, batchSize, StepsOf(data, batchSize), validation is not null) { IsResumed = resumedEpoch is not null };
        CallbackList callbacks = new(Callbacks, this, run);
        if (resumedEpoch is null)
        {
            History = new History();
            compiled.StatesOfTraining.Reset();
        }

        Advice.Give(Advice.Of(network, compiled.Heads), Console.Error);
        StopTraining = false;
        Epoch = first;
        resumedProgress = within;
        (batchesDone, presentBatchSize) = (0, batchSize);
        if (data.RepeatsInputs && data.SampleCount is { } samples && epochs - first > 1) compiled.Step.Frozen?.Keep(samples, FeatureMemory);
        try
        {
            callbacks.OnTrainBegin();
            if (within is null) RestoreCallbacks();
            resumedEpoch = null;
            Batch batch = new(data, batchSize);
            for (int epoch = first; epoch < epochs && !StopTraining; epoch++)
            {
                BeginEpoch(epoch, callbacks, within);
                using BatchReader reader = data.CreateReader(batchSize, shuffle ? Seed : null, epoch);
                Logs logs = RunEpoch(reader, batch, within, binding, weighting, callbacks, cancellationToken);
                check?.Run(logs, callbacks, cancellationToken);
                within = null;
                batchesDone = 0;
                Epoch = epoch + 1;
                callbacks.OnEpochEnd(epoch, logs, History);
            }

            if (compiled.Update.HasAverages) compiled.Step.ChangeWeights(compiled.Update.EndWithAverages);
            callbacks.OnTrainEnd();
        }
        catch
        {
            callbacks.OnTrainInterrupted();
            throw;
        }
        finally
        {
            compiled.Step.Frozen?.Forget();
        }

        return History;
    }

    /// <summary>Rejects at once what batches whose samples go on from one to the next cannot be made of.</summary>
    private void CheckStateful(IDataSource data, int batchSize, string argument, bool shuffle = false)
    {
        if (network.Definition.States.Length == 0) return;
        string start = $"{network.Definition.Name} has layers with Stateful, whose samples go on from batch to batch: ";
        if (shuffle) throw new ArgumentException(start + "their order must stay as it is stored, which shuffle: false says.", nameof(shuffle));
        if (data.SampleCount is { } count && count % batchSize > 0)
        {
            throw new ArgumentException(
                $"{start}all batches must have the same number of them, and {count} are no multiple of the batch size {batchSize}. Take one that divides them, or leave the last {count % batchSize} out.",
                argument);
        }
    }

    private void BeginEpoch(int epoch, CallbackList callbacks, EpochProgress? within)
    {
        if (within is null)
        {
            callbacks.OnEpochBegin(epoch);
            return;
        }

        // The callbacks have begun this epoch before it was interrupted: what they changed then is in the checkpoint, and is not changed once more.
        double[] rates = Array.ConvertAll(Groups, group => group.State.LearningRate);
        callbacks.OnEpochBegin(epoch);
        for (int i = 0; i < rates.Length; i++)
        {
            if (Groups[i].IsRateFree) Groups[i].State.LearningRate = rates[i];
        }

        RestoreCallbacks();
    }

    private Logs RunEpoch(
        BatchReader reader, Batch batch, EpochProgress? within, DataBinding binding, SampleWeighting? weighting, CallbackList callbacks, CancellationToken cancellationToken)
    {
        TrainingEngine compiled = Engine;
        Logs logs = NewLogs(compiled.Training);
        compiled.Training.Reset();
        if (within is not null)
        {
            compiled.Training.Restore(within.Totals);
            compiled.Training.WriteTo(logs, 0);
            batchesDone = within.Batches;
            resumedProgress = null;
        }

        for (int index = 0; !StopTraining && reader.TryRead(batch); index++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (index < within?.Batches) continue;
            callbacks.OnBatchBegin(index);
            // A callback may have evaluated samples of another time.
            compiled.Use(binding, batch);
            compiled.Step.Run(batch, binding, weighting, compiled.Training, Seed, compiled.ThreadsFor(batch.Count, MostThreads));
            compiled.Training.WriteTo(logs, 0);
            batchesDone = index + 1;
            callbacks.OnBatchEnd(index, logs);
        }

        cancellationToken.ThrowIfCancellationRequested();
        if (compiled.Training.Samples == 0 && !StopTraining) throw new ArgumentException("The data set gave no sample; at least one is expected.", "data");
        return logs;
    }

    private static Logs NewLogs(Scoreboard board)
    {
        Logs logs = new();
        foreach (string name in board.Names) logs.Add(name, 0);
        return logs;
    }

    /// <summary>No batch is larger than the data set, so that no memory is kept for what never comes.</summary>
    private static int BatchSize(IDataSource data, int wanted) => data.SampleCount is { } count ? (int)Math.Clamp(count, 1, wanted) : wanted;

    private static int? StepsOf(IDataSource data, int batchSize) => data.SampleCount is { } count ? (int)Math.Min((count + batchSize - 1) / batchSize, int.MaxValue) : null;

    private static (IDataSource Training, IDataSource Validation) Split(IDataSource data, IDataSource? validation, double fraction)
    {
        if (validation is not null) throw new ArgumentException("Either a validation set or a part of the data set to split off can be given, not both.", "validationSplit");
        if (!(fraction is > 0 and < 1))
            throw new ArgumentOutOfRangeException("validationSplit", fraction, "The fraction of the samples to validate on must lie between 0 and 1.");
        if (data is not Dataset samples)
            throw new ArgumentException($"Only a {nameof(Dataset)} can be split, as its samples are in memory; give a validation set of its own.", "validationSplit");
        return samples.Split(1 - fraction);
    }

    /// <summary>The evaluation after each epoch; its buffers are kept from one to the next.</summary>
    private sealed class Validation(Trainer trainer, IDataSource data, int batchSize)
    {
        private readonly DataBinding binding = DataBinding.Create(trainer.network.Definition, trainer.Engine.Heads, data, "validation");
        private readonly Batch batch = new(data, batchSize);

        /// <summary>Tells before the first step what would be told behind an epoch.</summary>
        public void Check()
        {
            trainer.Engine.Use(binding);
            LabelData.Check(data, binding, trainer.Engine.Heads, "validation");
        }

        public void Run(Logs logs, CallbackList callbacks, CancellationToken cancellationToken)
        {
            Scoreboard board = trainer.Engine.Evaluation;
            callbacks.OnTestBegin();
            try
            {
                trainer.Evaluate(data, batch, binding, cancellationToken);
            }
            finally
            {
                callbacks.OnTestEnd();
            }

            int first = logs.Count;
            foreach (string name in board.Names) logs.Add("val_" + name, 0);
            board.WriteTo(logs, first);
        }
    }
}
