using System.ComponentModel;

namespace NetGen;

/// <summary>What closes an output: a cross-entropy then takes its gradient at the logits before it.</summary>
/// <param name="name">The output's name on the tape.</param>
/// <param name="shape">The shape of one sample; -1 for a time.</param>
/// <param name="final">The activation that it ends in.</param>
/// <param name="isMasked">Whether programs tell which of its steps count.</param>
public sealed class OutputInfo(string name, int[] shape, FinalActivation final, bool isMasked = false)
{
    private readonly int[] shape = shape;

    /// <summary>The output's name on the tape.</summary>
    public string Name { get; } = name;

    /// <summary>The shape of one sample; -1 for a time.</summary>
    public ReadOnlySpan<int> Shape => this.shape;

    /// <summary>Elements of one sample, of one time step where it has a time.</summary>
    public int Size { get; } = TensorInfo.SampleSize(shape);

    /// <summary>The activation that it ends in.</summary>
    public FinalActivation Final { get; } = final;

    /// <summary>Whether programs tell which of its steps count: a float for each, 1 or 0, which losses and metrics read.</summary>
    public bool IsMasked { get; } = isMasked;
}

/// <summary>An input of a network.</summary>
/// <param name="name">Its name on the tape.</param>
/// <param name="shape">The shape of one sample; -1 for a time.</param>
/// <param name="time">Which of the program's run-time sizes its time is; 0 where it has none.</param>
/// <param name="leastTime">The fewest steps that leave something to compute, because layers such as convolutions take some away; 0 for any.</param>
/// <param name="mostTime">The largest number of steps for which layers such as PositionEmbedding have something.</param>
/// <param name="tokens">How many tokens there are where its elements choose rows of an Embedding; 0 where they do not.</param>
public sealed class InputInfo(string name, int[] shape, int time = 0, int leastTime = 0, int mostTime = int.MaxValue, int tokens = 0)
{
    private readonly int[] shape = shape;

    /// <summary>Its name on the tape.</summary>
    public string Name { get; } = name;

    /// <summary>The shape of one sample; -1 for a time.</summary>
    public ReadOnlySpan<int> Shape => this.shape;

    /// <summary>Elements of one sample, of one time step where it has a time.</summary>
    public int Size { get; } = TensorInfo.SampleSize(shape);

    /// <summary>Which of the program's run-time sizes its time is; 0 where it has none.</summary>
    public int Time { get; } = time;

    /// <summary>The fewest steps that leave something to compute; 0 for any.</summary>
    public int LeastTime { get; } = leastTime;

    /// <summary>The largest number of steps for which its layers have something; <see cref="int.MaxValue"/> for any.</summary>
    public int MostTime { get; } = mostTime;

    /// <summary>How many tokens there are where its elements choose rows of an Embedding; 0 where they do not.</summary>
    public int Tokens { get; } = tokens;

    /// <summary>Checks the time of given samples.</summary>
    /// <param name="network">The network's name, for the message.</param>
    /// <param name="steps">How many there are.</param>
    /// <param name="argument">The argument's name.</param>
    /// <exception cref="ArgumentException">There are too few steps, or too many.</exception>
    internal void CheckTime(string network, nint steps, string argument)
    {
        if (steps < LeastTime)
        {
            throw new ArgumentException($"{network}: the input '{Name}' has {steps} time steps; its layers need at least {LeastTime} to leave anything.", argument);
        }

        if (steps > MostTime)
        {
            throw new ArgumentException($"{network}: the input '{Name}' has {steps} time steps; its layers take at most {MostTime}.", argument);
        }
    }
}

/// <summary>What the compiler tells the runtime about a network.</summary>
/// <param name="name">The class's name.</param>
/// <param name="summary">The table of layers, as <c>summary()</c> prints it in Keras.</param>
/// <param name="architecture">A hash of the layers and shapes: a checkpoint of another architecture is told apart by it.</param>
/// <param name="inputs">Inputs in the order of the tape.</param>
/// <param name="outputs">Outputs in the order of the tape.</param>
/// <param name="parameters">Weights and states in the order of the tape, which is their order in the flat weights.</param>
/// <param name="toggles">The names that carry <c>Trainable</c>, and whether they start live.</param>
/// <param name="adapted">The layers whose statistics are measured on data.</param>
/// <param name="lengths">The inputs with a time whose lengths inference reads, with the run-time size that the time is; inputs that share a time stand here once.</param>
/// <param name="states">The names of what layers with <c>Stateful</c> take over from batch to batch, in the order of the programs' states.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class NetworkDefinition(
    string name,
    string summary,
    string architecture,
    InputInfo[] inputs,
    OutputInfo[] outputs,
    ParameterInfo[] parameters,
    (string Name, bool Live)[]? toggles = null,
    AdaptedLayer[]? adapted = null,
    (string Input, int Time)[]? lengths = null,
    string[]? states = null)
{
    /// <summary>The class's name.</summary>
    public string Name { get; } = name;

    /// <summary>The table of layers.</summary>
    public string Summary { get; } = summary;

    /// <summary>A hash of the layers and shapes.</summary>
    public string Architecture { get; } = architecture;

    /// <summary>Inputs in the order of the tape.</summary>
    public InputInfo[] Inputs { get; } = inputs;

    /// <summary>Outputs in the order of the tape.</summary>
    public OutputInfo[] Outputs { get; } = outputs;

    /// <summary>Weights and states in the order of the tape, which is their order in the flat weights.</summary>
    public ParameterInfo[] Parameters { get; } = parameters;

    /// <summary>The names that carry <c>Trainable</c>, and whether they start live.</summary>
    public (string Name, bool Live)[] Toggles { get; } = toggles ?? [];

    /// <summary>The layers whose statistics are measured on data.</summary>
    public AdaptedLayer[] Adapted { get; } = adapted ?? [];

    /// <summary>The inputs with a time whose lengths inference reads, with the run-time size that the time is.</summary>
    public (string Input, int Time)[] Lengths { get; } = lengths ?? [];

    /// <summary>The names of what layers with <c>Stateful</c> take over from batch to batch.</summary>
    public string[] States { get; } = states ?? [];

    /// <summary>How many times there are: run-time sizes beside the batch.</summary>
    internal int Times { get; } = inputs.Length == 0 ? 0 : inputs.Max(i => i.Time);

    /// <summary>For each time, in the order of the run-time sizes, the first input that has it, and whether inference reads its lengths.</summary>
    internal (string Input, bool IsRead)[] TimesRead { get; } =
        [.. inputs.Where(i => i.Time > 0).DistinctBy(i => i.Time).OrderBy(i => i.Time).Select(i => (i.Name, lengths?.Any(l => l.Time == i.Time) ?? false))];

    /// <summary>Whether any output tells which of its steps count.</summary>
    internal bool HasMasks { get; } = outputs.Any(o => o.IsMasked);

    /// <summary>Where a program writes the mask of an output that has one: behind the outputs and their logits.</summary>
    internal int MaskSlot(int output)
    {
        int slot = 2 * this.Outputs.Length;
        for (int i = 0; i < output; i++)
        {
            slot += this.Outputs[i].IsMasked ? 1 : 0;
        }

        return slot;
    }

    /// <summary>Floats of the flat weights.</summary>
    public int WeightsLength { get; } = parameters.Length == 0 ? 0 : parameters[^1].Offset + parameters[^1].Length;
}
