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
    private const string AccumulationValue = "gradient_accumulation_steps";
    private const string UnstartedValue = "unstarted";
    private const string AveragesValue = "averages_in_weights";
    private const string EvaluationValue = "evaluation_weights";
    private const string BlocksPrefix = "block_optimizers";

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
        Engine.Update.Refresh();
        Dictionary<string, string> values = new(StringComparer.Ordinal);
        foreach (OptimizerGroup group in Groups) Write(group, values);
        if (Engine.Update.AreAveragesIn) values[AveragesValue] = "true";
        if (Engine.Update.IsEvaluating) values[EvaluationValue] = "true";
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
            Step = BatchesTrained,
            Seed = Seed,
            History = History.ToDictionary(),
            Values = values,
        };
        List<CheckpointSection> sections = [new(CheckpointSection.Weights, network.SnapshotStore()), .. Groups.SelectMany(group => SlotSections(group, null))];
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
        using CheckpointReader reader = new(path);
        CheckpointInfo info = reader.Info;
        double?[] rates = Array.ConvertAll(Groups, group => ReadNumber(path, info, LearningRateValue + group.Suffix, isZeroGood: false));
        string? problem = OtherOptimizer(info);
        List<(int Parameter, double Scale)> scales = ReadScales(path, info);
        EpochProgress? within = EpochProgress.Read(path, info);

        // Staged, so that a file that cannot be read to its end leaves the trainer as it was.
        NativeBuffer weights = new(network.Definition.WeightsLength);
        NativeBuffer[][] slots = Array.ConvertAll(Groups, group => group.State.Slots.Select(slot => new NativeBuffer(slot.Length)).ToArray());
        ResumedCallbacks callbacks = new(Callbacks, network, info.Values, reader.Tensors);
        List<CheckpointSection> sections = [new(CheckpointSection.Weights, network.StoreOf(weights, network.Definition.Parameters))];
        if (problem is null)
        {
            for (int i = 0; i < slots.Length; i++) sections.AddRange(SlotSections(Groups[i], slots[i]));
        }
        else
        {
            // The tensors of the other optimizer are set aside, so that a difference of the networks is told first.
            sections.AddRange(DiscardedTensors.Under("optimizer", reader.Tensors));
            sections.AddRange(DiscardedTensors.Under(BlocksPrefix, reader.Tensors));
        }

        CarriedStates.Store? states = StageStates(reader.Tensors);
        if (states is not null) sections.Add(new CheckpointSection(StatesSection, states));
        sections.AddRange(callbacks.Sections);
        reader.Restore(network.Definition.Architecture, sections);
        if (problem is not null) throw new ModelFileException(path, null, problem);

        network.Adopt(weights, network.Definition.Parameters);
        for (int i = 0; i < slots.Length; i++)
        {
            OptimizerGroup group = Groups[i];
            group.State.Adopt(slots[i], ReadUnstarted(group, info));
            group.State.Batches = info.Step;
            if (rates[i] is { } value && group.IsRateFree) group.State.LearningRate = value;
        }

        Engine.StatesOfTraining.Adopt(states);

        // What trains, from the checkpoint, before what the weights hold: no weights are put back from those before.
        (Engine.Update.AreAveragesIn, Engine.Update.IsEvaluating) = (false, false);
        RestoreTrainable(info, scales);
        Engine.Update.Refresh();
        Engine.Update.AreAveragesIn = info.Values.ContainsKey(AveragesValue);
        Engine.Update.IsEvaluating = info.Values.ContainsKey(EvaluationValue);
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

    private static string NameOf(OptimizerGroup group) => group.State.Optimizer.GetType().Name;

    private void Write(OptimizerGroup group, Dictionary<string, string> values)
    {
        OptimizerState state = group.State;
        values[OptimizerValue + group.Suffix] = NameOf(group);
        if (group.IsRateFree) values[LearningRateValue + group.Suffix] = Arguments.Format(state.LearningRate);
        if (state.Optimizer.GradientAccumulationSteps is { } steps) values[AccumulationValue + group.Suffix] = steps.ToString(CultureInfo.InvariantCulture);
        string unstarted = state.HasStarts ? string.Join('\n', state.Unstarted.Select(variable => network.Definition.Parameters[group.Parameters[variable]].Name)) : "";
        if (unstarted.Length > 0) values[UnstartedValue + group.Suffix] = unstarted;
    }

    private IEnumerable<int> ReadUnstarted(OptimizerGroup group, CheckpointInfo info)
    {
        string[] names = info.Values.GetValueOrDefault(UnstartedValue + group.Suffix, "").Split('\n');
        return Enumerable.Range(0, group.Parameters.Length).Where(variable => names.Contains(network.Definition.Parameters[group.Parameters[variable]].Name));
    }

    /// <summary>What tells that a checkpoint is of other optimizers; null where it is of these.</summary>
    private string? OtherOptimizer(CheckpointInfo info)
    {
        foreach (OptimizerGroup group in Groups)
        {
            string part = group.Block is null ? "" : $" for '{group.Block}'";
            string? saved = info.Values.GetValueOrDefault(OptimizerValue + group.Suffix), own = NameOf(group);
            if (saved != own) return $"The checkpoint is of the optimizer {saved ?? "(none)"}{part}; {own} is expected.";
            string? steps = info.Values.GetValueOrDefault(AccumulationValue + group.Suffix), ownSteps = group.State.Optimizer.GradientAccumulationSteps?.ToString(CultureInfo.InvariantCulture);
            if (steps != ownSteps) return $"The checkpoint accumulates gradients over {steps ?? "single"} batches{part}; {ownSteps ?? "single ones"} are expected.";
        }

        string? other = info.Values.Keys.Where(key => key.StartsWith(OptimizerValue + "/", StringComparison.Ordinal)).Select(key => key[(OptimizerValue.Length + 1)..])
            .FirstOrDefault(block => !Array.Exists(Groups, group => group.Block == block));
        return other is null ? null : $"The checkpoint has an optimizer of its own for '{other}', which {nameof(BlockOptimizers)} does not name.";
    }

    /// <summary>The slots of an optimizer: as they are, or memory for them.</summary>
    private static IEnumerable<CheckpointSection> SlotSections(OptimizerGroup group, NativeBuffer[]? memory)
    {
        string prefix = group.Block is null ? "optimizer" : $"{BlocksPrefix}/{group.Block}";
        for (int i = 0; i < group.State.Slots.Count; i++)
        {
            OptimizerSlot slot = group.State.Slots[i];
            NativeBuffer buffer = memory is null ? slot.Buffer : memory[i];
            if (slot.Layout.Length > 0) yield return new CheckpointSection($"{prefix}/{NameOf(group)}/{slot.Name}", new ParameterStore(slot.Layout, () => buffer.Slice(0, slot.Length)));
        }
    }

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
