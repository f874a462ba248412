using System.Globalization;

namespace NetGen.Generator;

/// <summary>
/// Prints the part of the class that an IDE binds user code to: base class, constructors, sizes, Predict and the summary. It hangs the programs in by two
/// partial methods, whose bodies are in the kernels' file; without them the class still compiles.
/// </summary>
internal static class ShellEmitter
{
    /// <param name="type">The class.</param>
    /// <param name="facts">What is known of the network; null where it has problems.</param>
    /// <param name="stream">How it runs step by step, or why it does not.</param>
    public static string Emit(TypeSpec type, NetworkFacts? facts, (StreamGraph? Graph, string? Refusal) stream)
    {
        CodeWriter code = new();
        GeneratedHeader.Write(code);
        if (facts is null)
        {
            // The tape has problems: user code that constructs the class or calls it must not drown them in errors of its own.
            PartialType.Write(code, type, $" : global::NetGen.Network<{type.Name}>, global::NetGen.INetwork<{type.Name}>", () => EmitInvalid(code, type.Name));
            return code.ToString();
        }

        string self = type.Name;
        string bases = $" : global::NetGen.Network<{self}>, global::NetGen.INetwork<{self}>";
        PartialType.Write(code, type, bases, () => EmitBody(code, self, facts, stream), () => EmitRemarks(code, facts));
        return code.ToString();
    }

    private static void EmitInvalid(CodeWriter code, string self)
    {
        const string Throw = "throw new global::System.InvalidOperationException(\"The network has errors; the build told them.\")";
        string network = $"global::NetGen.INetwork<{self}>";
        code.Lines($$"""
            public const int InputSize = 1;
            public const int OutputSize = 1;
            public const string Summary = "";

            public {{self}}(ulong seed = 0)
            {
            }

            public void Predict(global::System.ReadOnlySpan<float> input, global::System.Span<float> output, int threads = 1) => {{Throw}};

            static global::NetGen.NetworkDefinition {{network}}.Definition => {{Throw}};

            static {{self}} {{network}}.CreateEmpty() => {{Throw}};

            static global::NetGen.InferenceProgram? {{network}}.CreateInferenceProgram() => null;

            static global::NetGen.TrainingProgram? {{network}}.CreateTrainingProgram() => null;
            """);
    }

    /// <summary>The table as the class's documentation, which an IDE shows where the class is named.</summary>
    private static void EmitRemarks(CodeWriter code, NetworkFacts facts)
    {
        code.Line("/// <remarks><code>");
        foreach (string line in facts.Summary.Split('\n'))
        {
            code.Line("/// " + Kernel.Xml(line));
        }

        code.Line("/// </code></remarks>");
    }

    private static void EmitSummary(CodeWriter code, string summary)
    {
        code.Line("/// <summary>The table of layers: output shape, parameters and multiply-adds.</summary>");
        code.RawText("public const string Summary = ", summary);
    }

    private static void EmitBody(CodeWriter code, string self, NetworkFacts facts, (StreamGraph? Graph, string? Refusal) stream)
    {
        if (facts.Inputs.Count == 1 && facts.Inputs[0].Shape.IsConstant)
        {
            code.Line("/// <summary>Elements of one sample of the input.</summary>");
            code.Line($"public const int InputSize = {facts.Inputs[0].Shape.Count};");
            code.Line();
        }

        if (facts.Outputs.Count == 1 && facts.Outputs[0].Shape.IsConstant)
        {
            code.Line("/// <summary>Elements of one sample of the output.</summary>");
            code.Line($"public const int OutputSize = {facts.Outputs[0].Shape.Count};");
            code.Line();
        }

        EmitSummary(code, facts.Summary);
        code.Line();
        code.Line("/// <summary>A network with start weights.</summary>");
        code.Line("/// <param name=\"seed\">Decides the start weights; the same seed gives the same ones.</param>");
        code.Line($"public {self}(ulong seed = 0) => this.Initialize(seed);");
        code.Line();
        code.Line($"private {self}(global::NetGen.Uninitialized _)");
        code.Line("{");
        code.Line("}");
        code.Line();
        EmitPredict(code, facts);
        code.Line();
        if (facts.Lengths.Count > 0)
        {
            EmitPredictWithLengths(code, facts);
            code.Line();
        }

        if (stream != default)
        {
            EmitCreateStream(code, self, facts, stream);
            code.Line();
        }

        EmitInterface(code, self, facts, hasStream: stream.Graph is not null);
    }

    private static void EmitCreateStream(CodeWriter code, string self, NetworkFacts facts, (StreamGraph? Graph, string? Refusal) stream)
    {
        if (stream.Graph is not { } graph)
        {
            // The attribute makes a call an error that says why.
            code.Line("/// <summary>The network cannot run step by step.</summary>");
            code.Line($"[global::System.Obsolete({Literal.Text($"{self.TrimStart('@')} cannot run step by step: {stream.Refusal}")}, error: true)]");
            code.Line("public global::NetGen.InferenceStream CreateStream(int samples = 1, int maxLength = 1) => throw new global::System.NotSupportedException();");
            return;
        }

        SourceParameters source = new(facts, graph);
        code.Line("/// <summary>The network as one that takes its sequences step by step, and gives what <c>Predict</c> would give for all steps so far.</summary>");
        source.EmitDocumentation(code, hasLengths: true);
        code.Line("/// <param name=\"samples\">How many sequences go side by side.</param>");

        // A network with a table of positions says itself how long its sequences get.
        bool isBounded = graph.MostCalls < StreamGraph.Unbounded;
        string samples = source.Spans.Count == 0 && (isBounded || !graph.Grows) ? "int samples = 1" : "int samples";
        string[] maxLength = !graph.Grows ? [] : [isBounded ? $"int maxLength = {Literal.Of(graph.MostCalls * graph.Steps)}" : "int maxLength"];
        if (graph.Grows)
        {
            code.Line("/// <param name=\"maxLength\">How many steps a sequence may have: memory is there from the start for what attention keeps of each.</param>");
        }

        using (code.Braces($"public global::NetGen.InferenceStream CreateStream({string.Join(", ", [.. source.Spans, samples, .. maxLength, .. source.Lengths])})"))
        {
            code.Line($"return this.OpenStream(samples{(source.Fields.Count == 0 ? "" : ", " + source.Call)}{(graph.Grows ? ", maxLength: maxLength" : "")});");
        }

        if (facts.Decode is not { } decode)
        {
            return;
        }

        const string Options = "global::NetGen.DecodeOptions options";
        code.Line();
        code.Line("/// <summary>Writes a sequence: each token is the next step of the network, which says by its output what comes then.</summary>");
        source.EmitDocumentation(code, hasLengths: false);
        code.Line("/// <param name=\"target\">Is given the tokens, without the start and the end, at most as many as there is room; the rest is padded.</param>");
        code.Line("/// <param name=\"options\">The tokens of start and end, and how tokens are chosen.</param>");
        code.Line("/// <returns>How many tokens the sequence has; all that there is room for, where it does not end before.</returns>");
        code.Line("/// <exception cref=\"global::System.ArgumentException\">A span's length or an option does not fit.</exception>");
        using (code.Braces($"public int Decode({string.Join(", ", [.. source.Spans, "global::System.Span<int> target", Options])})"))
        {
            code.Line("int count = 0;");
            code.Line($"this.DecodeSamples({(source.Fields.Count == 0 ? "default" : source.CallWithoutLengths)}, {Literal.Of(decode.Output)}, target, new global::System.Span<int>(ref count), options);");
            code.Line("return count;");
        }

        code.Line();
        code.Line("/// <summary>Writes a sequence for each of several samples at once.</summary>");
        source.EmitDocumentation(code, hasLengths: true);
        code.Line("/// <param name=\"target\">Is given the tokens of each sample, without the start and the end; there is as much room for each, and what it does not need is padded.</param>");
        code.Line("/// <param name=\"counts\">Is given how many tokens each sample's sequence has: one number a sample.</param>");
        code.Line("/// <param name=\"options\">The tokens of start and end, and how tokens are chosen.</param>");
        code.Line("/// <exception cref=\"global::System.ArgumentException\">A span's length or an option does not fit.</exception>");
        using (code.Braces($"public void Decode({string.Join(", ", [.. source.Spans, "global::System.Span<int> target", "global::System.Span<int> counts", Options, .. source.Lengths])})"))
        {
            code.Line($"this.DecodeSamples({(source.Fields.Count == 0 ? "default" : source.Call)}, {Literal.Of(decode.Output)}, target, counts, options);");
        }
    }

    private static void EmitPredict(CodeWriter code, NetworkFacts facts)
    {
        PredictNames names = new(facts);
        IEnumerable<string> inputs = names.Inputs.Select(i => "global::System.ReadOnlySpan<float> " + i);
        IEnumerable<string> outputs = names.Outputs.Select(o => "global::System.Span<float> " + o);
        code.Line("/// <summary>Runs the network on one or many samples, laid one after the other. Any number of threads may call it at once. Allocates nothing once warm, but for a new copy of the weights in the first call after they have changed.</summary>");
        foreach ((string name, Shape shape) in names.Inputs.Zip(facts.Inputs, (n, i) => (n, i.Shape)))
        {
            code.Line($"/// <param name=\"{name}\">Samples of shape {Kernel.Xml(shape.ToString())}.</param>");
        }

        foreach ((string name, Shape shape) in names.Outputs.Zip(facts.Outputs, (n, o) => (n, o.Shape)))
        {
            code.Line($"/// <param name=\"{name}\">Room for as many samples of shape {Kernel.Xml(shape.ToString())}.</param>");
        }

        if (facts.HasTime)
        {
            code.Line("/// <param name=\"samples\">How many samples there are; the times follow from the lengths of the spans.</param>");
        }

        code.Line("/// <param name=\"threads\">How many threads may share the samples.</param>");
        code.Line("/// <exception cref=\"global::System.ArgumentException\">A span's length does not fit.</exception>");
        using (code.Braces($"public void Predict({string.Join(", ", inputs.Concat(outputs))}, {(facts.HasTime ? "int samples, " : "")}int threads = 1)"))
        {
            if (facts.Inputs.Count == 1 && facts.Outputs.Count == 1 && !facts.HasTime)
            {
                code.Line($"this.PredictSamples({names.Inputs[0]}, {names.Outputs[0]}, threads);");
                return;
            }

            IEnumerable<string> fields =
            [
                .. names.Inputs.Select((x, i) => FormattableString.Invariant($"Input{i} = {x}")),
                .. names.Outputs.Select((y, i) => FormattableString.Invariant($"Output{i} = {y}")),
                .. facts.HasTime ? ["Samples = samples"] : Array.Empty<string>(),
            ];
            code.Line($"this.Predict(new global::NetGen.PredictCall {{ {string.Join(", ", fields)} }}, threads);");
        }
    }

    /// <summary>The overload for sequences of unequal lengths: behind each input with a time the lengths along it.</summary>
    private static void EmitPredictWithLengths(CodeWriter code, NetworkFacts facts)
    {
        code.Line("/// <summary>Runs the network on sequences of unequal lengths, padded to one time: steps at and beyond a sample's length are masked.</summary>");
        PredictNames names = new(facts);
        List<string> parameters = [], fields = [];
        for (int i = 0; i < facts.Inputs.Count; i++)
        {
            string name = names.Inputs[i];
            code.Line($"/// <param name=\"{name}\">Samples of shape {Kernel.Xml(facts.Inputs[i].Shape.ToString())}; what stands in masked steps does not matter.</param>");
            parameters.Add("global::System.ReadOnlySpan<float> " + name);
            fields.Add(FormattableString.Invariant($"Input{i} = {name}"));
            if (names.Lengths[i] is { } lengths)
            {
                code.Line($"/// <param name=\"{lengths}\">For each sample how many of its steps count, at most the time.</param>");
                parameters.Add("global::System.ReadOnlySpan<int> " + lengths);
                fields.Add(FormattableString.Invariant($"Lengths{facts.Inputs[i].Time - 1} = {lengths}"));
            }
        }

        for (int i = 0; i < facts.Outputs.Count; i++)
        {
            string name = names.Outputs[i];
            code.Line($"/// <param name=\"{name}\">Room for as many samples of shape {Kernel.Xml(facts.Outputs[i].Shape.ToString())}.</param>");
            parameters.Add("global::System.Span<float> " + name);
            fields.Add(FormattableString.Invariant($"Output{i} = {name}"));
        }

        code.Line("/// <param name=\"threads\">How many threads may share the samples.</param>");
        code.Line("/// <exception cref=\"global::System.ArgumentException\">A span's length does not fit, or a sample's length is negative or more than the time.</exception>");
        using (code.Braces($"public void Predict({string.Join(", ", parameters)}, int threads = 1)"))
        {
            string samples = names.Lengths.First(l => l is not null)!;
            code.Line($"this.Predict(new global::NetGen.PredictCall {{ {string.Join(", ", fields)}, Samples = {samples}.Length, HasLengths = true }}, threads);");
        }
    }

    private static void EmitInterface(CodeWriter code, string self, NetworkFacts facts, bool hasStream)
    {
        string network = $"global::NetGen.INetwork<{self}>";
        code.Line($"static global::NetGen.NetworkDefinition {network}.Definition {{ get; }} = new(");
        code.Line($"    name: {Literal.Text(self.TrimStart('@'))},");
        code.Line("    summary: Summary,");
        code.Line($"    architecture: {Literal.Text(facts.Architecture)},");
        code.Line($"    inputs: [{string.Join(", ", facts.Inputs.Select(i => $"new({Literal.Text(i.Name)}, [{Dims(i.Shape)}]{(i.Time > 0 ? ", time: " + Literal.Of(i.Time) : "")}{(i.Steps.Least > 0 ? ", leastTime: " + Literal.Of(i.Steps.Least) : "")}{(i.Steps.Most < int.MaxValue ? ", mostTime: " + Literal.Of(i.Steps.Most) : "")}{(i.Tokens > 0 ? ", tokens: " + Literal.Of(i.Tokens) : "")})"))}],");
        code.Line($"    outputs: [{string.Join(", ", facts.Outputs.Select(o => $"new({Literal.Text(o.Name)}, [{Dims(o.Shape)}], global::NetGen.FinalActivation.{o.Final ?? "None"}{(o.IsMasked ? ", isMasked: true" : "")})"))}],");
        code.Line("    parameters:");
        code.Line("    [");
        foreach (ParameterFacts p in facts.Parameters)
        {
            string extra = (p.Layout == Layout.Plain ? "" : ", global::NetGen.WeightLayout.Panels")
                + (p.Parameter.Regularizer is { } r ? $", regularizer: new global::NetGen.{r}" : "")
                + (p.Parameter.Constraint is { } c ? $", constraint: new global::NetGen.{c}" : "")
                + (p.Parameter.Trainable ? "" : ", trainable: false")
                + (p.Parameter.Toggle is { } t ? $", toggle: {Literal.Text(t)}" : "")
                + (p.Parameter.Fans is var (fanIn, fanOut) ? $", fanIn: {Literal.Of(fanIn)}, fanOut: {Literal.Of(fanOut)}" : "");
            code.Line($"        new({Literal.Text(p.Parameter.Name)}, [{Dims(p.Parameter.Shape)}], {Literal.Of(p.Offset)}, new global::NetGen.{p.Parameter.Initializer}{extra}),");
        }

        string toggles = facts.Toggles.Count == 0 ? "null" : $"[{string.Join(", ", facts.Toggles.Select(t => $"({Literal.Text(t.Name)}, {(t.Live ? "true" : "false")})"))}]";
        string lengths = facts.Lengths.Count == 0 ? "null" : $"[{string.Join(", ", facts.Lengths.Select(l => $"({Literal.Text(l.Input)}, {Literal.Of(l.Time)})"))}]";
        string adapted = facts.Adaptations.Count == 0 ? "null" : $"[{string.Join(", ", facts.Adaptations.Select(a => $"new({Literal.Text(a.Layer)}, [{Dims(a.Input)}], [{string.Join(", ", a.Axes.Select(i => Literal.Of(i)))}])"))}]";
        code.Line("    ],");
        code.Line($"    toggles: {toggles},");
        code.Line($"    adapted: {adapted},");
        code.Line($"    lengths: {lengths}{(facts.States.Count == 0 ? "" : $",\n    states: [{string.Join(", ", facts.States.Select(Literal.Text))}]")});");

        code.Line();
        code.Line($"static {self} {network}.CreateEmpty() => new(default(global::NetGen.Uninitialized));");
        code.Line();
        using (code.Braces($"static string? {network}.OnnxGraph"))
        {
            using (code.Braces("get"))
            {
                code.Line("string? text = null;");
                code.Line("DescribeOnnxGraph(ref text);");
                code.Line("return text;");
            }
        }

        code.Line();
        string[] programs = hasStream ? ["Inference", "Training", "Stream"] : ["Inference", "Training"];
        foreach (string program in programs)
        {
            using (code.Braces($"static global::NetGen.{program}Program? {network}.Create{program}Program()"))
            {
                code.Line($"global::NetGen.{program}Program? program = null;");
                code.Line($"Create{program}(ref program);");
                code.Line("return program;");
            }

            code.Line();
        }

        for (int i = 0; i < programs.Length; i++)
        {
            if (i > 0)
            {
                code.Line();
            }

            code.Line($"static partial void Create{programs[i]}(ref global::NetGen.{programs[i]}Program? program);");
        }

        code.Line();
        code.Line("static partial void DescribeOnnxGraph(ref string? text);");
    }

    private static string Dims(Shape shape) => string.Join(", ", shape.Dims.Select(d => d.IsConstant ? d.Constant.ToString(CultureInfo.InvariantCulture) : "-1"));
}
