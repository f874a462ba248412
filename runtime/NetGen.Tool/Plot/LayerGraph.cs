using NetGen.Generator;

namespace NetGen.Tool;

/// <summary>A layer in a picture.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">Its class.</param>
/// <param name="Output">The shape of its output.</param>
/// <param name="Parameters">How many it has.</param>
/// <param name="Inputs">The layers before it, by their places in the list.</param>
internal sealed record PlottedLayer(string Name, string Kind, string Output, long Parameters, IReadOnlyList<int> Inputs);

/// <summary>What flows between layers, from the graph of ops that they became.</summary>
internal static class LayerGraph
{
    public static IReadOnlyList<PlottedLayer> Of(TapeResult tape)
    {
        Dictionary<string, int> places = tape.Rows.Select((r, i) => (r.Name, i)).GroupBy(r => r.Name).ToDictionary(g => g.Key, g => g.First().i, StringComparer.Ordinal);
        Dictionary<Value, HashSet<int>> sources = [];
        SortedSet<int>[] inputs = [.. tape.Rows.Select(_ => new SortedSet<int>())];
        foreach (Value input in tape.Graph.Inputs)
        {
            sources[input] = [places[input.Name]];
        }

        foreach (Node node in tape.Graph.Nodes)
        {
            HashSet<int> read = [.. node.Inputs.SelectMany(i => sources.TryGetValue(i, out HashSet<int>? s) ? s : [])];
            HashSet<int> made = read;
            if (places.TryGetValue(node.Scope, out int place))
            {
                inputs[place].UnionWith(read.Where(r => r != place));
                made = [place];
            }

            foreach (Value output in node.Outputs)
            {
                sources[output] = made;
            }
        }

        return [.. tape.Rows.Select((r, i) => new PlottedLayer(r.Name, r.Kind, r.Output.ToString(), r.Parameters, Reduced(i, inputs, tape.Rows)))];
    }

    /// <summary>A layer without ops of its own (an activation that is linear, a dropout in inference) stands in the chain all the same.</summary>
    private static int[] Reduced(int place, SortedSet<int>[] inputs, EquatableArray<TapeRow> rows) =>
        inputs[place].Count > 0 || place == 0 || rows[place].Kind == "Input" ? [.. inputs[place]] : [place - 1];
}
