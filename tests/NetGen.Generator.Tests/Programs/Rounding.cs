namespace NetGen.Generator.Tests;

/// <summary>
/// What rounding does to a graph, as it was written and as the passes leave it, where fused operations round once: every value between two ops is rounded to single precision.
/// </summary>
internal sealed class Rounding
{
    private readonly (Graph Graph, Reference Values)[] runs;

    public Rounding(Graph graph, NetData data, bool isFused) =>
        this.runs = [.. new[] { graph, PassList.Run(graph) }.Select(g => (g, Reference.Run(g, data, isFused, rounds: true)))];

    /// <summary>The largest difference that rounding makes to a value.</summary>
    /// <param name="reference">The graph as it was written, in double.</param>
    /// <param name="value">Where the value stands in a graph.</param>
    public double Of(Reference reference, Func<Graph, Value> value)
    {
        double[] expected = reference[value(this.runs[0].Graph)];
        return this.runs.Max(r => expected.Zip(r.Values[value(r.Graph)], (e, x) => Math.Abs(e - x)).Where(double.IsFinite).DefaultIfEmpty().Max());
    }
}
