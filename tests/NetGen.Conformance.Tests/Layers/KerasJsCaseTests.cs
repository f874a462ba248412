using NetGen.Conformance.Tests.Keras;
using NetGen.Generator;

namespace NetGen.Conformance.Tests.Layers;

/// <summary>What Keras 2 computed for layers and small graphs, through the tape and the double interpreter.</summary>
public sealed class KerasJsCaseTests
{
    /// <summary>The file writes six decimals: half a unit of the last is lost of every number.</summary>
    private const double Rounding = 0.5e-6;

    /// <summary>Keras computed in float32: some units in the last place of the largest number.</summary>
    private const double Single = 4 * 1.1920929e-7;

    /// <summary>How often the inputs and weights are moved within what was rounded away, to see what it does to the result.</summary>
    private const int Trials = 8;

    [Fact]
    public void Layers_and_graphs() => CaseTable.Check("keras-js", KerasJsCase.File, KerasJsCase.All().Select(c => (c.Class, c.Name, (Func<string?>)(() => Difference(c)))));

    private static string? Difference(KerasJsCase c)
    {
        KerasJsTape tape = KerasJsTape.Read(c);
        TapeResult result = Generator.Tape.Build(tape.Tape.Model, training: false);
        if (result.Problems.Count > 0)
            return string.Join("; ", result.Problems.Select(p => p.Message));

        Graph graph = result.Graph;

        // Keras writes a layer's trainable weights first, as the layers here make them.
        Value[] parameters = [.. tape.WeightOrder.SelectMany(tap => graph.Parameters.Where(p => p.Name.StartsWith(tap + "/", StringComparison.Ordinal)))];
        if (!parameters.Select(p => string.Join(",", p.Shape.Dims)).SequenceEqual(c.Weights.Select(w => string.Join(",", w.Shape))))
            return $"the weights are {string.Join(" ", parameters.Select(p => p.Shape))}, expected {string.Join(" ", c.Weights.Select(w => w))}";
        (Value Value, double[] Data)[] given = [.. graph.Inputs.Select(i => (i, tape.Tape.Data[i.Name].Data)), .. parameters.Zip(c.Weights.Select(w => w.Data))];

        DoubleTensor y = Run(graph, given, 0, null);
        if (!y.Shape.Skip(1).SequenceEqual(c.Expected.Shape))
            return $"the shape is ({string.Join(", ", y.Shape.Skip(1))}), expected ({string.Join(", ", c.Expected.Shape)})";

        Random random = new(1);
        double spread = Enumerable.Range(0, Trials).Max(_ => Run(graph, given, Rounding, random).Data.Zip(y.Data).Max(p => Math.Abs(p.First - p.Second)));
        double bound = (2 * spread) + Rounding + (Single * y.Data.Max(Math.Abs));
        for (int i = 0; i < y.Data.Length; i++)
        {
            if (!(Math.Abs(y.Data[i] - c.Expected.Data[i]) <= bound))
                return FormattableString.Invariant($"element {i} is {y.Data[i]:R}, expected {c.Expected.Data[i]:R} within {bound:E1}");
        }

        return null;
    }

    /// <summary>The result for inputs and weights that are moved by at most an amount; whole numbers stand as they are.</summary>
    private static DoubleTensor Run(Graph graph, IEnumerable<(Value Value, double[] Data)> given, double amount, Random? random)
    {
        Dictionary<string, long> sizes = new() { ["n"] = 1 };
        Interpreter interpreter = new(sizes);
        foreach ((Value value, double[] data) in given)
            interpreter.Set(value, [.. data.Select(x => random is null || x == Math.Round(x) ? x : x + (amount * ((2 * random.NextDouble()) - 1)))]);
        // What a stateful layer gives is that of its second batch, which is the first one again.
        foreach (Value state in graph.States)
            interpreter.Set(state, new double[DoubleTensor.CountOf(state.Shape.Evaluate(sizes))]);
        interpreter.Run(graph);
        if (graph.States.Count > 0)
        {
            double[][] carried = [.. graph.States.Select(s => interpreter.Get(graph.Updates.Single(u => u.State == s).NewValue).Data)];
            for (int i = 0; i < carried.Length; i++)
                interpreter.Set(graph.States[i], carried[i]);
            interpreter.Run(graph);
        }

        return interpreter.Get(graph.Outputs.Single().Value);
    }
}
