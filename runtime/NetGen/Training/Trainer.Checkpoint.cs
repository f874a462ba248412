using System.Globalization;

namespace NetGen;

/// <content>Checkpoints, from which training goes on with exactly the bits that an uninterrupted run has.</content>
public abstract partial class Trainer
{
    private const string OptimizerValue = "optimizer";
    private const string LearningRateValue = "learning_rate";
    private const string TrainableValue = "trainable/";
    private const string ScaleValue = "learning_rate_scale/";
    private const string StatesSection = "states";

    private ResumedCallbacks? resumedCallbacks;
    private EpochProgress? resumedProgress;

    /// <summary>
    /// Saves the weights, the optimizer's state, the number of epochs and steps, the seed, the learning rate, what trains, the history, and the state of the callbacks, replacing an
    /// old file whole or not at all. Within an epoch, as in <see cref="Callback.OnBatchEnd"/> or after a cancellation, also how far it has come: this is all that a resumed run needs.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidOperationException">The network is for inference only.</exception>
    /// <exception cref="IOException">The file cannot be written, for example as the disk is full; the old file stays.</exception>
    public void SaveCheckpoint(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        network.CheckHasWeights();
        OptimizerState state = Engine.Update.State;
        Dictionary<string, string> values = new(StringComparer.Ordinal) { [OptimizerValue] = OptimizerName };
        if (Optimizer.LearningRate.Schedule is null) values[LearningRateValue] = Arguments.Format(state.LearningRate);
        (string Name, bool Live)[] toggles = network.Definition.Toggles;
        for (int i = 0; i < toggles.Length; i++) values[TrainableValue + toggles[i].Name] = network.IsLive(i) ? "true" : "false";
        ParameterInfo[] parameters = network.Definition.Parameters;
        for (int i = 0; i < parameters.Length; i++)
        {
            if (network.LearningRateScaleOf(i) != 1) values[ScaleValue + parameters[i].Name] = Arguments.Format(network.LearningRateScaleOf(i));
        }

        Progress?.WriteTo(values);
        CheckpointInfo info = new()
        {
            Architecture = network.Definition.Architecture,
            Epoch = Epoch,
            Step = state.Iterations,
            Seed = Seed,
            History = History.ToDictionary(),
            Values = values,
        };
        List<CheckpointSection> sections = [new(CheckpointSection.Weights, network.SnapshotStore()), .. SlotSections()];
        if (Engine.StatesOfTraining.Samples > 0) sections.Add(new CheckpointSection(StatesSection, Engine.StatesOfTraining.ToStore()));
        ResumedCallbacks.Save(Callbacks, network, values, sections);
        CheckpointWriter.Save(path, info, sections);
    }

    /// <summary>
    /// Goes on from a checkpoint of the same network and optimizer: the next <see cref="Fit"/> begins behind its last epoch or batch, and gives the bits that a run without interruption would have
    /// given, if its arguments and the callbacks are the same. Nothing is changed unless the whole checkpoint fits.
    /// </summary>
    /// <param name="path">A file that <see cref="SaveCheckpoint"/> has written.</param>
    /// <exception cref="ModelFileException">The file is damaged, or of another network or optimizer; the message lists what differs.</exception>
    /// <exception cref="InvalidOperationException">The network is for inference only.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public void LoadCheckpoint(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        network.CheckHasWeights();
        OptimizerState state = Engine.Update.State;
        using CheckpointReader reader = new(path);
        CheckpointInfo info = reader.Info;
        string? optimizer = info.Values.GetValueOrDefault(OptimizerValue);
        double? rate = ReadNumber(path, info, LearningRateValue, isZeroGood: false);
        List<(int Parameter, double Scale)> scales = ReadScales(path, info);
        EpochProgress? within = EpochProgress.Read(path, info);

        // Staged, so that a file that cannot be read to its end leaves the trainer as it was.
        NativeBuffer weights = new(network.Definition.WeightsLength);
        NativeBuffer[] slots = [.. state.SlotNames.Select(_ => new NativeBuffer(network.Definition.WeightsLength))];
        ResumedCallbacks callbacks = new(Callbacks, network, info.Values, reader.Tensors);
        List<CheckpointSection> sections = [new(CheckpointSection.Weights, network.StoreOf(weights, network.Definition.Parameters))];
        if (optimizer == OptimizerName)
        {
            for (int i = 0; i < slots.Length; i++) sections.Add(SlotSection(i, network.StoreOf(slots[i], TrainableParameters)));
        }
        else
        {
            // The tensors of the other optimizer are set aside, so that a difference of the networks is told first.
            sections.AddRange(DiscardedTensors.Under("optimizer", reader.Tensors));
        }

        CarriedStates.Store? states = StageStates(reader.Tensors);
        if (states is not null) sections.Add(new CheckpointSection(StatesSection, states));
        sections.AddRange(callbacks.Sections);
        reader.Restore(network.Definition.Architecture, sections);
        if (optimizer != OptimizerName)
            throw new ModelFileException(path, null, $"The checkpoint is of the optimizer {optimizer ?? "(none)"}; {OptimizerName} is expected.");

        network.Adopt(weights, network.Definition.Parameters);
        for (int i = 0; i < slots.Length; i++) slots[i].Slice(0, network.Definition.WeightsLength).CopyTo(state.Slot(i));
        Engine.StatesOfTraining.Adopt(states);
        state.Iterations = info.Step;
        if (rate is { } value && Optimizer.LearningRate.Schedule is null) state.LearningRate = value;
        RestoreTrainable(info, scales);
        seed = info.Seed;
        Epoch = info.Epoch;
        resumedEpoch = info.Epoch;
        resumedCallbacks = callbacks;
        resumedProgress = within;
        History = History.Restore(info.Epoch, info.History);
    }

    /// <summary>Room for what layers with <c>Stateful</c> take over, where the network has some and the file holds it; null otherwise.</summary>
    private CarriedStates.Store? StageStates(IReadOnlyList<TensorInfo> tensors)
    {
        if (network.Definition.States.Length == 0) return null;
        TensorInfo? first = tensors.FirstOrDefault(t => t.Name.StartsWith(StatesSection + "/", StringComparison.Ordinal));
        return first is { Shape: [> 0 and var samples, ..] } ? Engine.StatesOfTraining.Stage(samples) : null;
    }

    /// <summary>How far the present epoch has come, or that of the checkpoint that was loaded; null between two epochs.</summary>
    private EpochProgress? Progress => resumedProgress ?? (batchesDone == 0 ? null : new EpochProgress(batchesDone, presentBatchSize, [.. Engine.Training.Names], Engine.Training.ToTotals()));

    private string OptimizerName => Optimizer.GetType().Name;

    private ParameterInfo[] TrainableParameters => [.. network.Definition.Parameters.Where(parameter => parameter.Trainable)];

    private IEnumerable<CheckpointSection> SlotSections()
    {
        OptimizerState state = Engine.Update.State;
        for (int i = 0; i < state.SlotNames.Count; i++)
        {
            int slot = i;
            yield return SlotSection(i, new ParameterStore(TrainableParameters, () => state.Slot(slot)));
        }
    }

    private CheckpointSection SlotSection(int slot, ParameterStore store) => new($"optimizer/{OptimizerName}/{Optimizer.SlotNames[slot]}", store);

    private void RestoreTrainable(CheckpointInfo info, List<(int Parameter, double Scale)> scales)
    {
        (string Name, bool Live)[] toggles = network.Definition.Toggles;
        for (int i = 0; i < toggles.Length; i++)
        {
            if (info.Values.TryGetValue(TrainableValue + toggles[i].Name, out string? live)) network.SetLive(i, live == "true");
        }

        foreach ((int parameter, double scale) in scales) network.SetLearningRateScale(parameter, scale);
    }

    private List<(int Parameter, double Scale)> ReadScales(string path, CheckpointInfo info)
    {
        List<(int, double)> scales = [];
        ParameterInfo[] parameters = network.Definition.Parameters;
        for (int i = 0; i < parameters.Length; i++) scales.Add((i, ReadNumber(path, info, ScaleValue + parameters[i].Name, isZeroGood: true) ?? 1));
        return scales;
    }

    private static double? ReadNumber(string path, CheckpointInfo info, string name, bool isZeroGood)
    {
        if (!info.Values.TryGetValue(name, out string? text)) return null;
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number) && (number > 0 || (number == 0 && isZeroGood))) return number;
        throw new ModelFileException(path, null, $"The checkpoint's '{name}' is '{ModelFileException.Shorten(text)}'; a finite number {(isZeroGood ? "that is not negative" : "above 0")} is expected.");
    }

    private void RestoreCallbacks()
    {
        resumedCallbacks?.Restore();
        resumedCallbacks = null;
    }
}
