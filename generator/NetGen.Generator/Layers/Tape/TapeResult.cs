using System.Globalization;

namespace NetGen.Generator;

/// <summary>What the tape became.</summary>
/// <param name="Options">What the network's own attribute asks for.</param>
/// <param name="Graph">The graph; complete only where there are no problems.</param>
/// <param name="Problems">What is wrong, in the order of the tape.</param>
/// <param name="Rows">One row a layer, as a summary shows them.</param>
/// <param name="Toggles">The names that carry <c>Trainable =</c>, outer before inner.</param>
/// <param name="RandomStreams">The streams of random numbers that layers draw from.</param>
/// <param name="Adaptations">The layers whose statistics are measured on data.</param>
/// <param name="Taps">What inputs, layers and blocks give, in the order of their making, which is the same for inference and training.</param>
/// <param name="Decode">How it writes sequences, or null where it does not.</param>
internal sealed record TapeResult(
    NetworkOptions Options,
    Graph Graph,
    EquatableArray<Problem> Problems,
    EquatableArray<TapeRow> Rows,
    EquatableArray<Toggle> Toggles,
    EquatableArray<RandomStream> RandomStreams,
    EquatableArray<Adaptation> Adaptations,
    EquatableArray<Value> Taps,
    DecodeSpec? Decode = null)
{
    /// <summary>Elements of all weights.</summary>
    public long Parameters => this.Graph.Parameters.Sum(p => p.Shape.Count.Constant);

    /// <summary>How many of them do not train, as a summary says it: moving averages, and what starts frozen.</summary>
    public string NotTraining
    {
        get
        {
            HashSet<string> frozen = [.. this.Toggles.Where(t => !this.StartsLive(t)).Select(t => t.Name)];
            long count = this.Graph.Parameters.Where(p => !p.Parameter!.Trainable || (p.Parameter.Toggle is { } toggle && frozen.Contains(toggle))).Sum(p => p.Shape.Count.Constant);
            return $"{count.ToString("N0", CultureInfo.InvariantCulture)} do not train{(frozen.Count > 0 ? " at the start" : "")}";
        }
    }

    /// <summary>Whether a toggle starts live: as in Keras, freezing a part freezes what stands in it.</summary>
    public bool StartsLive(Toggle toggle) => toggle.Trainable && (toggle.Parent is null || this.StartsLive(this.Toggles.First(t => t.Name == toggle.Parent)));
}

/// <summary>Which input takes tokens step by step, and which output says what comes next: their indices.</summary>
/// <param name="Input">Of the input.</param>
/// <param name="Output">Of the output.</param>
/// <param name="Attribute">Where it is said.</param>
internal sealed record DecodeSpec(int Input, int Output, int Attribute);

/// <summary>A layer in the summary.</summary>
/// <param name="Name">The full name.</param>
/// <param name="Kind">The layer's class.</param>
/// <param name="Output">With the batch first.</param>
/// <param name="Parameters">Elements of the weights that it is the first to use.</param>
/// <param name="MultiplyAdds">Of one sample, as a size that may hold a time symbol.</param>
internal sealed record TapeRow(string Name, string Kind, Shape Output, long Parameters, Dim MultiplyAdds);

/// <summary>A part of the network that can be frozen and thawed at run time.</summary>
/// <param name="Name">The full name of the layer or block.</param>
/// <param name="Trainable">How it starts.</param>
/// <param name="Parent">The toggle around it, without which it is frozen too; or null.</param>
internal sealed record Toggle(string Name, bool Trainable, string? Parent);

/// <summary>A stream of random numbers.</summary>
/// <param name="Stream">The number in the graph's expressions: among all of the network's, or among the layer's where it has a seed.</param>
/// <param name="Layer">The layer that draws from it.</param>
/// <param name="Seed">The layer's own seed, or null for the network's.</param>
internal sealed record RandomStream(int Stream, string Layer, long? Seed);

/// <summary>A layer whose states <c>mean</c> and <c>variance</c> the runtime measures on data.</summary>
/// <param name="Layer">The full name.</param>
/// <param name="Input">The shape of one sample of its input.</param>
/// <param name="Axes">The axes of a sample that have a mean each.</param>
internal sealed record Adaptation(string Layer, Shape Input, EquatableArray<int> Axes);
