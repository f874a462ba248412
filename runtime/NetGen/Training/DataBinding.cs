namespace NetGen;

/// <summary>Which input and which target of a data set belongs to which of a network.</summary>
internal sealed class DataBinding
{
    private readonly NetworkDefinition definition;
    private readonly int[] inputs;
    private readonly int[] targets;
    private readonly List<(int Size, int Time)> times;
    private readonly int[][] targetShapes;

    private DataBinding(NetworkDefinition definition, IDataSource data, int[] inputs, int[] targets, List<(int Size, int Time)> times)
    {
        this.definition = definition;
        this.inputs = inputs;
        this.targets = targets;
        this.times = times;
        TargetInfos = [.. targets.Select(index => index < 0 ? null : data.Targets[index])];
        targetShapes = [.. TargetInfos.Select(info => info is null ? [] : info.Shape.ToArray())];
        HasSequences = inputs.Any(index => data.Inputs[index].IsSequence);
    }

    /// <summary>The target of each output, or null where none is needed.</summary>
    public TensorInfo?[] TargetInfos { get; }

    /// <summary>Whether an input's samples have lengths of their own.</summary>
    public bool HasSequences { get; }

    /// <summary>The data set's position of a network's input.</summary>
    public int InputOf(int input) => inputs[input];

    /// <summary>The data set's position of an output's target, or -1.</summary>
    public int TargetOf(int output) => targets[output];

    /// <summary>The shape of an output's target in a batch, with the time to which it is padded there.</summary>
    public ReadOnlySpan<int> TargetShape(int output, Batch batch)
    {
        if (TargetInfos[output]!.IsSequence) targetShapes[output][0] = batch.TargetSteps(targets[output]);
        return targetShapes[output];
    }

    /// <summary>The lengths of an output's targets where each of their steps has one; else empty.</summary>
    public ReadOnlySpan<int> TargetLengths(int output, Batch batch) => targets[output] < 0 ? [] : batch.TargetLengths(targets[output]);

    /// <summary>Sets a program's run-time sizes: the number of samples, and the times.</summary>
    /// <param name="frame">Is given them.</param>
    /// <param name="samples">The number of samples.</param>
    /// <param name="batch">The batch, to whose longest sample sequences are padded; null for the longest of the data set.</param>
    /// <exception cref="ArgumentException">A batch has inputs of one time, but not of the same number of steps, or too few for the network.</exception>
    public void SetSizes(ref Frame frame, int samples, Batch? batch = null)
    {
        frame.SizeValues[0] = samples;
        foreach ((int size, int time) in times) frame.SizeValues[size] = time;
        if (batch is null || !HasSequences) return;
        Span<bool> set = stackalloc bool[Frame.Most];
        set.Clear();
        for (int i = 0; i < inputs.Length; i++)
        {
            InputInfo input = definition.Inputs[i];
            if (input.Time == 0) continue;
            int steps = batch.InputSteps(inputs[i]);
            nint own = steps > 0 ? steps : frame.SizeValues[input.Time];
            if (set[input.Time] && frame.SizeValues[input.Time] != own)
                throw new ArgumentException($"{definition.Name}: the input '{input.Name}' has {own} time steps in a batch, and another input that shares its time {frame.SizeValues[input.Time]}.", "data");
            input.CheckTime(definition.Name, own, "data");
            frame.SizeValues[input.Time] = own;
            set[input.Time] = true;
        }
    }

    /// <summary>Writes the lengths of a batch's samples as programs read them: those of all samples for each time.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="frame">Has its sizes.</param>
    /// <param name="destination">As many floats as samples for each time.</param>
    /// <exception cref="ArgumentException">A length is negative or more than the time, or differs between inputs that share a time; the message names the sample.</exception>
    public void WriteLengths(Batch batch, in Frame frame, Span<float> destination)
    {
        int count = batch.Count;
        for (int time = 1; time <= definition.Times; time++)
        {
            Span<float> own = destination.Slice((time - 1) * count, count);
            own.Fill(frame.SizeValues[time]);
            bool isKnown = false;
            for (int i = 0; HasSequences && i < inputs.Length; i++)
            {
                if (definition.Inputs[i].Time != time) continue;
                ReadOnlySpan<int> lengths = batch.InputLengths(inputs[i]);
                for (int k = 0; k < lengths.Length; k++)
                {
                    if (lengths[k] < 0 || lengths[k] > frame.SizeValues[time])
                        throw Misfit(batch, k, i, $"has the length {lengths[k]}; it must be between 0 and its time, {frame.SizeValues[time]}.");
                    if (isKnown && own[k] != lengths[k]) throw Misfit(batch, k, i, $"has the length {lengths[k]}, and {own[k]} in another input that shares its time.");
                    own[k] = lengths[k];
                }

                isKnown |= !lengths.IsEmpty;
            }
        }
    }

    private ArgumentException Misfit(Batch batch, int sample, int input, string what)
    {
        return new ArgumentException($"{definition.Name}: {batch.PlaceOf(sample)} in the input '{definition.Inputs[input].Name}' {what}", "data");
    }

    /// <summary>Pairs a data set with a network.</summary>
    /// <param name="definition">The network.</param>
    /// <param name="heads">What is computed of its outputs; empty if nothing needs targets.</param>
    /// <param name="data">The data set.</param>
    /// <param name="argument">The argument's name, for messages.</param>
    /// <exception cref="ArgumentException">The data set is empty, lacks an input or target, or one has another shape.</exception>
    public static DataBinding Create(NetworkDefinition definition, ReadOnlySpan<OutputHead> heads, IDataSource data, string argument)
    {
        ArgumentNullException.ThrowIfNull(data, argument);
        if (data.SampleCount == 0) throw new ArgumentException("The data set is empty; at least one sample is expected.", argument);
        int[] inputs = new int[definition.Inputs.Length];
        List<(int Size, int Time)> times = [];
        for (int i = 0; i < inputs.Length; i++)
        {
            InputInfo input = definition.Inputs[i];
            inputs[i] = Find(definition.Name, "input", input.Name, inputs.Length == 1, data.Inputs, argument);
            TensorInfo found = data.Inputs[inputs[i]];
            if (input.Time > 0 ? !AddTime(input, found, times) : !HoldSame(input.Shape, found.Shape))
            {
                throw new ArgumentException(
                    $"The input '{found.Name}' of the data set has the shape {TensorInfo.FormatShape(found.Shape)}; {definition.Name} takes {TensorInfo.FormatShape(input.Shape)} as '{input.Name}'.",
                    argument);
            }

            if (input.Time == 0 && found.IsSequence)
            {
                throw new ArgumentException(
                    $"The input '{found.Name}' of the data set holds sequences of unequal lengths; '{input.Name}' of {definition.Name} has {TensorInfo.FormatShape(input.Shape)} always, where [Input(Dim.Any, ...)] takes any length.",
                    argument);
            }

            if (input.Time > 0) input.CheckTime(definition.Name, times.Find(t => t.Size == input.Time).Time, argument);
        }

        int[] targets = new int[heads.Length];
        for (int i = 0; i < targets.Length; i++)
            targets[i] = heads[i].NeedsTarget ? Find(definition.Name, "target", heads[i].Info.Name, definition.Outputs.Length == 1, data.Targets, argument) : -1;
        DataBinding binding = new(definition, data, inputs, targets, times);
        binding.CheckReadsLengths(data, argument);
        return binding;
    }

    /// <summary>Rejects lengths that nothing would heed, so that what a sample gives would hang on the longest of its batch.</summary>
    private void CheckReadsLengths(IDataSource data, string argument)
    {
        if (definition.HasMasks || TargetInfos.Any(info => info is { IsSequence: true })) return;
        for (int i = 0; i < inputs.Length; i++)
        {
            if (!data.Inputs[inputs[i]].IsSequence || definition.TimesRead[definition.Inputs[i].Time - 1].IsRead) continue;
            throw new ArgumentException(
                $"The input '{data.Inputs[inputs[i]].Name}' of the data set holds sequences of unequal lengths, and no layer of {definition.Name} heeds the lengths of '{definition.Inputs[i].Name}' on the way to an output; pad them to one length.",
                argument);
        }
    }

    private static int Find(string network, string kind, string name, bool isOnly, IReadOnlyList<TensorInfo> found, string argument)
    {
        if (isOnly && found.Count == 1) return 0;
        for (int i = 0; i < found.Count; i++)
        {
            if (found[i].Name == name) return i;
        }

        string present = found.Count == 0 ? "it has none" : $"it has {string.Join(", ", found.Select(info => $"'{info.Name}'"))}";
        string wanted = kind == "input" ? $"{network} takes an input '{name}'" : $"the output '{name}' of {network} needs a target of that name";
        throw new ArgumentException($"The data set has no {kind} '{name}' ({present}); {wanted}.", argument);
    }

    /// <summary>Notes the time of an input; false where the shape does not fit, or two inputs that share a time differ in it.</summary>
    private static bool AddTime(InputInfo input, TensorInfo found, List<(int Size, int Time)> times)
    {
        if (found.Shape.Length != input.Shape.Length) return false;
        for (int axis = 0; axis < input.Shape.Length; axis++)
        {
            int size = found.Shape[axis];
            if (input.Shape[axis] >= 0 && input.Shape[axis] != size) return false;
            if (input.Shape[axis] < 0 && times.Exists(known => known.Size == input.Time && known.Time != size)) return false;
            if (input.Shape[axis] < 0) times.Add((input.Time, size));
        }

        return true;
    }

    /// <summary>Whether samples of a shape are of a wanted one, in which -1 is a time of any length.</summary>
    public static bool Fits(ReadOnlySpan<int> wanted, ReadOnlySpan<int> found)
    {
        if (!wanted.Contains(-1)) return HoldSame(wanted, found);
        if (wanted.Length != found.Length) return false;
        for (int axis = 0; axis < wanted.Length; axis++)
        {
            if (wanted[axis] >= 0 && wanted[axis] != found[axis]) return false;
        }

        return true;
    }

    /// <summary>Whether two shapes name the same elements in the same order: axes of size 1 aside, or where one of them is flat.</summary>
    private static bool HoldSame(ReadOnlySpan<int> wanted, ReadOnlySpan<int> found)
    {
        int[] a = [.. wanted.ToArray().Where(size => size != 1)];
        int[] b = [.. found.ToArray().Where(size => size != 1)];
        return a.AsSpan().SequenceEqual(b) || ((a.Length <= 1 || b.Length <= 1) && Product(a) == Product(b));
    }

    private static long Product(int[] shape) => shape.Aggregate(1L, (product, size) => product * size);
}
