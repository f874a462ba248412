namespace NetGen.Keras;

/// <summary>The weights of one layer, or of one part of a layer such as a direction: what lies under one path in a Keras file, in the order in which Keras counts them.</summary>
/// <param name="Names">The path as NetGen has it: the layer's name, behind those of models around it, and before <c>forward</c>, <c>query</c> and the like.</param>
/// <param name="Variables">The weights.</param>
internal sealed record KerasScope(IReadOnlyList<string> Names, IReadOnlyList<KerasVariable> Variables)
{
    /// <summary>The parts of layers that have weights of their own, in NetGen's order.</summary>
    public static readonly string[] Parts = ["forward", "backward", "query", "key", "value", "gate", "attention_output", "token_embedding", "position_embedding"];

    public string Path => string.Join('/', this.Names);

    /// <summary>How many of the last names of two paths are the same.</summary>
    public static int Common(IReadOnlyList<string> a, IReadOnlyList<string> b)
    {
        int count = 0;
        while (count < a.Count && count < b.Count && a[a.Count - 1 - count] == b[b.Count - 1 - count])
        {
            count++;
        }

        return count;
    }
}

/// <summary>A weight in a Keras file.</summary>
/// <param name="Name">Its own name, <c>kernel</c>; null where the file only counts.</param>
/// <param name="Tensor">Its shape and elements.</param>
internal sealed record KerasVariable(string? Name, HdfTensor Tensor);
