namespace NetGen;

/// <summary>Which input and which target of a data set belongs to which of a network.</summary>
internal sealed class DataBinding
{
    private readonly int[] inputs;
    private readonly int[] targets;
    private readonly List<(int Size, int Time)> times;

    private DataBinding(IDataSource data, int[] inputs, int[] targets, List<(int Size, int Time)> times)
    {
        this.inputs = inputs;
        this.targets = targets;
        this.times = times;
        TargetInfos = [.. targets.Select(index => index < 0 ? null : data.Targets[index])];
    }

    /// <summary>The target of each output, or null where none is needed.</summary>
    public TensorInfo?[] TargetInfos { get; }

    /// <summary>The data set's position of a network's input.</summary>
    public int InputOf(int input) => inputs[input];

    /// <summary>The data set's position of an output's target, or -1.</summary>
    public int TargetOf(int output) => targets[output];

    /// <summary>Sets a program's run-time sizes: the number of samples, and the times.</summary>
    public void SetSizes(ref Frame frame, int samples)
    {
        frame.SizeValues[0] = samples;
        foreach ((int size, int time) in times) frame.SizeValues[size] = time;
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

            if (input.Time > 0) input.CheckTime(definition.Name, times.Find(t => t.Size == input.Time).Time, argument);
        }

        int[] targets = new int[heads.Length];
        for (int i = 0; i < targets.Length; i++)
            targets[i] = heads[i].NeedsTarget ? Find(definition.Name, "target", heads[i].Info.Name, definition.Outputs.Length == 1, data.Targets, argument) : -1;
        return new DataBinding(data, inputs, targets, times);
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
