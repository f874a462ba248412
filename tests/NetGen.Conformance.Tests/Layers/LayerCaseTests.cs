using System.Globalization;
using NetGen.Conformance.Tests.Keras;
using NetGen.Conformance.Tests.Onnx;
using NetGen.Generator;
using NetGen.Keras;

namespace NetGen.Conformance.Tests.Layers;

/// <summary>Keras's numeric cases of layers and activations, through the tape and the double interpreter.</summary>
public sealed class LayerCaseTests
{
    /// <summary>Keras's tests none of whose cases can be imported from the file that it is exported to, and why.</summary>
    private static readonly Dictionary<string, string> s_notImported = new()
    {
        ["ActivationsTest.test_sparsemax"] = "The operator TopK",
        ["SimpleRNNTest.test_masking"] = "The operator Scan",
        ["GRUTest.test_masking"] = "The operator Scan",
        ["LSTMTest.test_masking"] = "The operator Scan",
        ["AttentionTest.test_attention_calculate_score_mask_with_causal_and_vmask"] = "The operator Trilu",
        ["AttentionTest.test_attention_calculate_score_mask_with_causal_no_vmask"] = "The operator Trilu",
        ["StackedRNNTest.test_stacked_lstm_cell_mask"] = "The operator Scan",
        ["ConvLSTM1DTest.test_correctness"] = "The operator Scan",
        ["ConvLSTM2DTest.test_correctness"] = "The operator Scan",
        ["ConvLSTM3DTest.test_correctness"] = "The operator Scan",
    };

    /// <summary>How many cases were imported again.</summary>
    private int _imported;

    [Fact]
    public void Layers()
    {
        CaseTable.Check("layer", Evaluate);
        Assert.InRange(_imported, 270, int.MaxValue);
    }

    [Fact]
    public void Activations()
    {
        CaseTable.Check("activation", EvaluateActivation);
        Assert.InRange(_imported, 110, int.MaxValue);
    }

    private KerasArray Evaluate(KerasCase c)
    {
        if (c.Class == "Model")
            return EvaluateModel(c);

        if (c.Ops is [{ Name: "_calculate_score_mask" } masking])
            return ScoreMask(c, masking);

        KerasTape tape = new();
        KerasLayer layer = KerasTape.Layer(c.Value);
        List<ArgumentSpec> arguments = layer.Arguments, called = [];
        KerasOp? call = c.Ops.LastOrDefault(o => o.Name is "__call__" or "compute_mask");
        bool isTraining = call?.Arg("training", 99)?.AsBool() ?? false;
        foreach (KerasOp op in c.Ops.Where(o => o.Name == "setattr"))
            arguments.RemoveAll(a => a.Name == PascalCase.From(op.Args[0].AsString()));
        if (c.Ops.FirstOrDefault(o => o.Name is not ("build" or "__call__" or "compute_mask" or "set_weights" or "assign" or "setattr" or "reset_state") && !o.Name.EndsWith(".assign", StringComparison.Ordinal)) is { } other)
            throw new NotCoveredException($"the call {other.Name}");

        // A layer that was only built has its start values.
        bool isWhole = c.Class == "Softmax" && c.Config("axis") is { IsList: true };
        IReadOnlyList<string> taps = call is null ? [tape.AddInput(c.Ops.FirstOrDefault(o => o.Name == "build")?.Args[0].Items().Skip(1).Select(d => d.AsInt()) ?? [])]
            : isWhole ? [tape.AddInput(Input(call).AsArray(), isBatch: false)]
            : Inputs(tape, call);
        if (isWhole)
        {
            // The batch is among the axes: the whole is one sample.
            arguments.RemoveAll(a => a.Name == "Axis");
            arguments.Add(new("Axis", new ArrayValue(c.Config("axis")!.Value.Items().Select(a => (ArgumentValue)new IntegerValue(a.AsInt() + 1)).ToEquatableArray())));
        }

        if (call?.Arg("use_causal_mask", 99) is { } causal)
            called.Add(new("UseCausalMask", KerasTape.Value(causal)));
        KerasValue? given = call?.Arg("mask", c.Class == "GlobalAveragePooling1D" ? 1 : 99);
        if (given is { IsList: true } masks)
            taps = [.. taps.Select((t, i) => tape.AddLayer("Identity", [new("Mask", new TextValue(tape.AddInput(masks.Items()[i].AsArray())))], [t]))];
        else if (given is { } mask)
            called.Add(new("Mask", new TextValue(tape.AddInput(mask.AsArray(), !isWhole))));
        if (call?.Arg("initial_state", 99) is { } states)
            called.Add(new("InitialState", new ArrayValue((states.IsList ? states.Items() : [states]).Select(s => (ArgumentValue)new TextValue(tape.AddInput(s.AsArray()))).ToEquatableArray())));
        IReadOnlyList<string> outputs = tape.AddLayer(layer, called, taps);
        if (layer.Parts.Count == 0)
            outputs = [outputs[0], .. FurtherOutputs(layer.Kind!, arguments, call).Select(f => $"{outputs[0]}.{f}")];
        if (outputs.Count > 1)
        {
            // Of a list of results the case names one.
            tape.AddOutput(outputs[Indices(c).First()]);
            return Run(c, tape, isTraining, isMask: false, tape.Data.Values.First().Shape[0], Indices(c).Skip(1));
        }

        return Run(c, tape, isTraining, call?.Name == "compute_mask", isWhole ? 1 : tape.Data.Values.FirstOrDefault()?.Shape[0] ?? 1, Indices(c));
    }

    /// <summary>Which of an attention's scores count, (1, queries, keys): those that are not 0 behind the softmax, in all samples the same.</summary>
    private KerasArray ScoreMask(KerasCase c, KerasOp masking)
    {
        int[] shape = masking.Args[0].AsArray().Shape;
        KerasTape tape = new();
        string query = AddOnes(shape[1]), value = AddOnes(shape[2]);
        if (masking.Arg("v_mask", 99) is { } mask)
        {
            KerasArray one = mask.AsArray();
            value = tape.AddLayer("Identity", [new("Mask", new TextValue(tape.AddInput(one with { Shape = [shape[0], shape[2]], Data = [.. Enumerable.Repeat(one.Data, shape[0]).SelectMany(m => m)] })))], [value]);
        }

        tape.AddOutput(tape.AddLayer("Attention", [new("UseCausalMask", KerasTape.Value(masking.Arg("use_causal_mask", 99)!.Value))], [query, value]) + ".scores");
        KerasArray scores = Run(c, tape, isTraining: false, isMask: false, shape[0], []);
        double[][] samples = [.. scores.Data.Select(s => s > 0 ? 1.0 : 0).Chunk(shape[1] * shape[2])];
        Assert.All(samples, s => Assert.Equal(samples[0], s));
        return new KerasArray("bool", [1, shape[1], shape[2]], samples[0]);

        string AddOnes(int steps) => tape.AddInput(new KerasArray("float32", [shape[0], steps, 2], [.. Enumerable.Repeat(1.0, shape[0] * steps * 2)]));
    }

    /// <summary>The places within the result that a case checks.</summary>
    private static IEnumerable<int> Indices(KerasCase c) =>
        c.Checked.Split('[', ']').Skip(1).Where(s => s.Trim().Length > 0).SelectMany(s => s.Split(',')).Select(s => int.Parse(s, CultureInfo.InvariantCulture));

    /// <summary>What a layer's call gives behind its output, by the names of the taps.</summary>
    private static List<string> FurtherOutputs(string kind, IReadOnlyList<ArgumentSpec> arguments, KerasOp? call)
    {
        if (call?.Arg("return_attention_scores", 99)?.AsBool() ?? false)
            return ["scores"];
        string[] states = !arguments.Contains(new ArgumentSpec("ReturnState", new BooleanValue(true))) ? [] : kind.Contains("LSTM", StringComparison.Ordinal) ? ["state_h", "state_c"] : ["state_h"];
        ArgumentValue? merge = arguments.FirstOrDefault(a => a.Name == "Bidirectional")?.Value;
        return merge is null ? [.. states]
            : [.. merge is EnumValue { Member: "None" } ? ["backward"] : Array.Empty<string>(), .. states.Select(s => "forward_" + s), .. states.Select(s => "backward_" + s)];
    }

    /// <summary>The inputs of a call: the first argument, or those of an attention by their names.</summary>
    private static IReadOnlyList<string> Inputs(KerasTape tape, KerasOp call) => call.Arg("query", 99) is null ? tape.Inputs(Input(call))
        : [.. new[] { "query", "value", "key" }.Select(n => call.Arg(n, 99)).OfType<KerasValue>().Select(tape.Add)];

    private static KerasValue Input(KerasOp call) => call.Arg("inputs", 0) ?? throw new NotCoveredException("a call without inputs");

    private KerasArray EvaluateModel(KerasCase c)
    {
        KerasTape tape = new();
        KerasValue inputs = c.Config("inputs") ?? c.Args[0], outputs = c.Config("outputs") ?? c.Args[1];
        bool isMask = outputs.TryGet("class", out KerasValue function) && function.AsString() == "get_keras_mask";
        tape.Add(isMask ? outputs["args"].Items()[0] : outputs);
        KerasOp last = c.Ops[^1];
        KerasArray[] data = last.Name switch
        {
            "__call__" when last.Args[0].IsList => [.. last.Args[0].Items().Select(a => a.AsArray())],
            "__call__" => [last.Args[0].AsArray()],
            // With a momentum of 0 the averages are the last batch's statistics; how the weights move does not matter to them.
            "fit" => [last.Arg("x", 0)!.Value.AsArray()],
            _ => throw new NotCoveredException($"the call {last.Name} of a model"),
        };
        for (int i = 0; i < data.Length; i++)
            tape.Data.Add(tape.Symbolic[i], data[i]);
        return Run(c, tape, last.Name == "fit", isMask, data[0].Shape[0], Indices(c));
    }

    private KerasArray EvaluateActivation(KerasCase c)
    {
        // The functions take arrays without a batch, so all of it is one sample.
        KerasTape tape = new();
        string input = tape.AddInput(c.Args[0].AsArray() with { DType = "float64" }, isBatch: false);
        string kind = LayerTable.All.Select(l => l.Kind).Append("Linear").First(k => string.Equals(k, c.Class.Replace("_", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase));
        List<ArgumentSpec> arguments = [];
        if (c.ConfigNames.Count > 0)
            arguments = [.. KerasTape.ConfigArguments(LayerTable.Find(kind)!, c.Value["config"]).Select(a => a.Name == "Axis" ? Shift(a) : a)];
        else if (c.Args.Count > 1)
            arguments = [new("Value", new NumberValue(c.Args[1].AsDouble())), new("DefaultValue", new NumberValue(c.Args[2].AsDouble()))];
        else
            (kind, arguments) = ("Activation", [new("Activation", new EnumValue("Activation", kind))]);
        tape.AddLayer(kind, arguments, [input]);
        return Run(c, tape, isTraining: false, isMask: false, batch: 1, Indices(c));

        static ArgumentSpec Shift(ArgumentSpec axis) => axis with
        {
            Value = axis.Value is ArrayValue several
                ? new ArrayValue(several.Items.Select(a => a is IntegerValue { Value: >= 0 and var i } ? new IntegerValue(i + 1) : a).ToEquatableArray())
                : axis.Value is IntegerValue { Value: >= 0 and var one } ? new IntegerValue(one + 1) : axis.Value,
        };
    }

    /// <summary>Runs the tape with the case's weights and gives the checked value.</summary>
    private KerasArray Run(KerasCase c, KerasTape tape, bool isTraining, bool isMask, int batch, IEnumerable<int> indices)
    {
        bool isPenalty = c.Checked.StartsWith("attribute losses", StringComparison.Ordinal);
        TapeResult result = Tape.Build(tape.Model, isTraining, evaluates: isPenalty);
        Problem[] problems = [.. result.Problems.Where(p => p.Id is not ("NG0015" or "NG0021"))];
        if (problems.Length > 0)
            throw new InvalidOperationException(string.Join("; ", problems.Select(p => p.Message)));

        Graph graph = result.Graph;
        Dictionary<string, long> sizes = new() { ["n"] = batch };
        foreach (Value input in graph.Inputs.Where(i => i.Shape.Rank > 1 && !i.Shape[1].IsConstant && tape.Data.ContainsKey(i.Name)))
            sizes[input.Shape[1].ToString()] = tape.Data[input.Name].Shape[1];
        Dictionary<Value, double[]> weights = Weights(c, graph, isMask);
        double[][] states = States(c, graph, sizes, weights);
        Interpreter interpreter = new(sizes);
        foreach ((Value weight, double[] data) in weights)
            interpreter.Set(weight, data);
        for (int i = 0; i < states.Length; i++)
            interpreter.Set(graph.States[i], states[i]);
        if (tape.Data.Count > 0)
        {
            foreach (Value input in graph.Inputs)
                interpreter.Set(input, Rounded(tape.Data[input.Name]));
            interpreter.Run(graph);
            if (!isTraining && !isPenalty && graph.States.Count == 0)
            {
                if (ExportedGraph.Difference(graph, sizes, interpreter) is { } difference)
                    throw new InvalidOperationException(difference);
                ImportAgain(c.Name, graph, interpreter);
            }
        }

        if (isPenalty)
            return KerasArray.FromScalar(interpreter.Get(graph.Penalty!).Data.Sum());

        GraphOutput output = graph.Outputs.Single();
        if (c.Checked.StartsWith("attribute ", StringComparison.Ordinal))
        {
            string name = c.Checked.Split('.', ' ')[^1];
            Value state = graph.Parameters.Single(p => p.Name.EndsWith("/" + name, StringComparison.Ordinal));
            return Array(interpreter.Get(graph.Updates.FirstOrDefault(u => u.State == state)?.NewValue ?? state));
        }

        KerasArray y = Array(interpreter.Get(isMask ? output.Mask! : output.Value));
        foreach (int at in indices)
        {
            // A sample that stands for the whole has an axis in front.
            if (y.Rank > 1 && batch == 1 && y.Shape[0] == 1 && y.Rank > c.Expected.Rank + 1)
                y = y with { Shape = y.Shape[1..] };
            int size = y.Length / y.Shape[0];
            y = y with { Shape = y.Shape[1..], Data = y.Data[(at * size)..((at + 1) * size)] };
        }

        return y;

        static KerasArray Array(DoubleTensor tensor) => new("float64", tensor.Shape, tensor.Data);
    }

    /// <summary>What a graph's own file is imported as must be the same network, but for what the table tells.</summary>
    private void ImportAgain(string name, Graph graph, Interpreter interpreter)
    {
        string test = name.Split("::")[^1].Split('#')[0];
        string? difference = RoundTrip.Difference(graph, interpreter);
        if (s_notImported.TryGetValue(test, out string? reason) ? difference?.StartsWith(reason, StringComparison.Ordinal) != true : difference is not null)
            throw new InvalidOperationException($"imported again: {difference ?? "it is the same now, which the table says cannot be"}");
        _imported += difference is null ? 1 : 0;
    }

    /// <summary>What a stateful layer has taken over from the calls before the last one.</summary>
    private static double[][] States(KerasCase c, Graph graph, Dictionary<string, long> sizes, Dictionary<Value, double[]> weights)
    {
        double[][] zeros = [.. graph.States.Select(s => new double[DoubleTensor.CountOf(s.Shape.Evaluate(sizes))])], states = zeros;
        KerasOp[] earlier = graph.States.Count == 0 ? [] : [.. c.Ops.Take(c.Ops.ToList().FindLastIndex(o => o.Name == "__call__")).Where(o => o.Name is "__call__" or "reset_state")];
        foreach (KerasOp op in earlier)
        {
            if (op.Name == "reset_state")
            {
                states = zeros;
                continue;
            }

            Interpreter interpreter = new(sizes);
            foreach ((Value value, double[] data) in weights.Select(w => (w.Key, w.Value)).Concat(graph.States.Zip(states)))
                interpreter.Set(value, data);
            interpreter.Set(graph.Inputs.Single(), Rounded(Input(op).AsArray()));
            interpreter.Run(graph);
            states = [.. graph.States.Select(s => interpreter.Get(graph.Updates.Single(u => u.State == s).NewValue).Data)];
        }

        return states;
    }

    /// <summary>The file writes float32 values in few decimal digits.</summary>
    internal static double[] Rounded(KerasArray array) => array.DType == "float32" ? [.. array.Data.Select(x => (double)(float)x)] : array.Data;

    /// <summary>Assigned weights, and the constant start values of the others; a mask needs none.</summary>
    private static Dictionary<Value, double[]> Weights(KerasCase c, Graph graph, bool isMask)
    {
        Value[] parameters = [.. graph.Parameters];
        Dictionary<Value, double[]> weights = [];
        if (c.Config("weights") is { } start)
            weights[parameters[0]] = (start.IsArray ? start : start.Items()[0]).AsArray().Data;
        foreach (KerasOp op in c.Ops)
        {
            if (op.Name == "set_weights")
            {
                IReadOnlyList<KerasValue> given = op.Args[0].Items();
                for (int i = 0; i < given.Count; i++)
                    weights[parameters[i]] = given[i].AsArray().Data;
            }
            else if (op.Name is "assign" || op.Name.EndsWith(".assign", StringComparison.Ordinal))
            {
                string name = op.Name == "assign" ? op.Args[0].AsString() : op.Name[..^".assign".Length];
                weights[parameters.Single(p => p.Name.EndsWith("/" + name, StringComparison.Ordinal))] = op.Args[^1].AsArray().Data;
            }
        }

        foreach (Value parameter in parameters.Where(p => !weights.ContainsKey(p)))
            weights[parameter] = isMask ? new double[parameter.Shape.Count.Constant] : Start(parameter.Parameter!);
        return weights;
    }

    private static double[] Start(Parameter parameter)
    {
        int[] shape = parameter.Shape.Evaluate(new Dictionary<string, long>());
        float[] values = new float[shape.Aggregate(1, (a, b) => a * b)];
        Initializer initializer = Make(parameter.Initializer);
        initializer.Fill(values, shape, seed: 1, stream: 0);
        return [.. values.Select(v => double.Parse(v.ToString("R", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture))];

        static Initializer Make(string text)
        {
            int open = text.IndexOf('(', StringComparison.Ordinal);
            string argument = text[(open + 1)..^1];
            return text[..open] switch
            {
                "Zeros" => new Zeros(),
                "Ones" => new Ones(),
                "TruncatedNormal" => new TruncatedNormal(0, double.Parse(argument.Split(' ')[^1], CultureInfo.InvariantCulture)),
                "Constant" => new Constant(double.Parse(argument.Split(' ')[^1], CultureInfo.InvariantCulture)),
                "UnitForgetBias" => new UnitForgetBias(argument.Length == 0 ? null : Make(argument.Replace("new global::NetGen.", "", StringComparison.Ordinal))),
                _ => throw new NotCoveredException($"weights that start as {text}"),
            };
        }
    }
}
