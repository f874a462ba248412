namespace NetGen.Generator;

/// <content>The tape's own words (Input, Output) and what becomes of the ends of its chains.</content>
internal sealed partial class TapeBuilder
{
    private readonly List<(Attempt Attempt, string From)> outputs = [];
    private readonly List<Attempt> decodes = [];

    private void ApplyInput(Attempt attempt)
    {
        ArgumentReader reader = this.Reader(attempt, attempt.Frame.Symbols);
        TapeFrame frame = attempt.Frame;
        if (frame.Block is not null)
        {
            throw reader.Fail("NG0012", null, "Input cannot stand in a block; what flows into the block is named 'input'.");
        }

        string name = this.GivenName(attempt, reader, isRepetition: false) ?? frame.Scope.Unique("input");
        attempt.Name = name;
        attempt.Place = $"Input '{name}'";
        List<Dim> dims = [Dim.Batch];
        foreach (long size in reader.Integers("Shape", null, [], least: -1, most: int.MaxValue))
        {
            if (size == 0 || (size == -1 && dims.Count > 1))
            {
                throw reader.Fail("NG0012", "Shape", size == 0 ? $"A size of {attempt.Place} is 0; sizes are at least 1." : $"Only the first size of {attempt.Place} may be Dim.Any, which is its time.");
            }

            dims.Add(size == -1 ? Dim.Time(this.TimeSymbol(reader, name)) : size);
        }

        string element = reader.Enum("Type", "ElementType", ["Float32", "Int32", "Bool"], "Float32");
        Shape shape = Shape.Of(dims);
        Value value = this.Graph.Input(name, new TensorType((ElementType)Enum.Parse(typeof(ElementType), element), shape));
        if (shape.Count.Scale > int.MaxValue)
        {
            throw reader.Fail("NG0017", "Shape", $"{attempt.Place} would have {shape.Count} elements, shape {shape}; at most {int.MaxValue} can be addressed.");
        }

        Tap tap = new(name, value, this.LengthMask(shape), attempt.Attribute);
        this.produced.Add(tap);
        frame.Scope.Add(name, tap);
        this.rows.Add(new TapeRow(name, "Input", shape, 0, 0));
        frame.Current = tap;
    }

    /// <summary>Which steps of an input with a time count: Keras's mask, from the lengths. Inputs of numbers or vectors at each step have one.</summary>
    private Value? LengthMask(Shape input)
    {
        if (input.Rank is < 2 or > 3 || input[1].IsConstant)
        {
            return null;
        }

        Dim time = input[1];
        if (!this.state.LengthMasks.TryGetValue(time, out Value? mask))
        {
            this.state.LengthMasks[time] = mask = this.Graph.Add(new SequenceMask(time), this.Graph.Lengths(SizeNames.Of([time]).Single()));
        }

        return mask;
    }

    /// <summary><c>t</c>, or <c>t_name</c> where the network has several times. Inputs of one <c>Time</c> share theirs.</summary>
    private string TimeSymbol(ArgumentReader reader, string input)
    {
        int times = model.Elements
            .Where(e => e is { Kind: "Input" } && e.Find("Shape")?.Value is ArrayValue { Items: var items } && items.Contains(new IntegerValue(-1)))
            .Select(e => e.Find("Time")?.Value is TextValue time ? (object)time.Value : e.Attribute)
            .Distinct()
            .Count();
        return times <= 1 ? "t" : "t_" + Identifier(reader.Text("Time") ?? input);
    }

    /// <summary>A name as a part of a C# identifier; different names stay different.</summary>
    private static string Identifier(string name) =>
        string.Concat(name.Select(c => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') ? c.ToString() : FormattableString.Invariant($"_{(int)c:x4}")));

    private void NoteOutput(Attempt attempt)
    {
        ArgumentReader reader = this.Reader(attempt, attempt.Frame.Symbols);
        if (attempt.Frame.Block is not null)
        {
            throw reader.Fail("NG0012", null, "Output cannot stand in a block; a block's last layer is its output.");
        }

        this.outputs.Add((attempt, reader.Text("From") ?? throw reader.Missing("From")));
    }

    private void NoteDecode(Attempt attempt)
    {
        ArgumentReader reader = this.Reader(attempt, attempt.Frame.Symbols);
        if (attempt.Frame.Block is not null)
        {
            throw reader.Fail("NG0012", null, "Decode cannot stand in a block; it belongs to the network.");
        }

        if (this.decodes.Count > 0)
        {
            throw reader.Fail("NG0012", null, "The network has a Decode already.");
        }

        this.decodes.Add(attempt);
    }

    private DecodeSpec? FindDecode()
    {
        DecodeSpec? found = null;
        foreach (Attempt attempt in this.decodes)
        {
            this.Try(attempt, () => found = this.FindDecode(attempt));
        }

        return found;
    }

    private DecodeSpec FindDecode(Attempt attempt)
    {
        ArgumentReader reader = this.Reader(attempt, attempt.Frame.Symbols);
        int input = Find("Input", "input", [.. this.Graph.Inputs.Select(i => i.Name)], this.Graph.Inputs.Count - 1);
        int output = Find("Output", "output", [.. this.Graph.Outputs.Select(o => o.Name)], 0);
        Shape x = this.Graph.Inputs[input].Shape, y = this.Graph.Outputs[output].Value.Shape;
        if (x.Rank != 2 || x[1].IsConstant)
        {
            throw reader.Fail("NG0011", "Input", $"Decode gives tokens to an input of (batch, time) with Dim.Any as its time, not of {x}.");
        }

        if (y.Rank != 3 || y[1] != x[1] || !y[2].IsConstant)
        {
            throw reader.Fail("NG0011", "Output", $"Decode takes an output of (batch, {x[1]}, tokens), which says at each step of its input {x} what comes next, not of {y}.{(y.Rank == 2 ? " A recurrent layer gives all its steps with ReturnSequences = true." : "")}");
        }

        // A token that the table lacks would be found only when it is written, in the middle of a sequence.
        Value tokens = this.Graph.Inputs[input];
        foreach (Node node in this.Graph.Nodes.Where(n => n.Op is Gather && n.Inputs[1] == tokens))
        {
            Dim rows = node.Inputs[0].Shape[0];
            if (rows.IsConstant && rows.Constant < y[2].Constant)
            {
                throw reader.Fail("NG0011", "Output", $"Decode gives the {y[2]} tokens of its output {y} to '{node.Scope}', which takes {rows}.");
            }
        }

        return new DecodeSpec(input, output, attempt.Attribute);

        int Find(string argument, string kind, string[] names, int fallback)
        {
            if (reader.Text(argument) is not { } name)
            {
                return fallback;
            }

            int index = Array.IndexOf(names, name);
            string? nearest = NearestName.Find(name, names);
            return index >= 0 ? index : throw reader.Fail("NG0010", argument, $"There is no {kind} named '{name}'.{NearestName.Question(nearest)}", nearest);
        }
    }

    private void AddOutputs(TapeFrame root)
    {
        if (this.Graph.Inputs.Count == 0 && this.problems.Count == 0)
        {
            this.problems.Add(new Problem("NG0013", -1, null, "The tape has no [Input(...)]."));
            return;
        }

        foreach ((Attempt attempt, string from) in this.outputs)
        {
            this.Try(attempt, () => this.AddOutput(attempt, from));
        }

        if (this.outputs.Count == 0 && root.Current is { Value: not null } end)
        {
            if (this.rows.All(r => r.Kind == "Input"))
            {
                this.problems.Add(new Problem("NG0021", end.Attribute, null, "The tape has no layer: its end, the input, would be the output."));
            }
            else if (!Batch.IsIn(end.Value.Shape))
            {
                this.problems.Add(new Problem("NG0021", end.Attribute, null, $"The tape's end, '{end.Name}' of shape {end.Value.Shape}, is the same for every sample; an output must depend on an input."));
            }

            end.Used = true;
            this.Graph.Outputs.Add(Output(end.Name, end));
        }

        if (this.problems.Count > 0)
        {
            return;
        }

        foreach (Tap tap in this.produced.Where(t => !t.Used))
        {
            this.problems.Add(new Problem("NG0015", tap.Attribute, null, tap.Value is { Kind: ValueKind.Input }
                ? $"Nothing takes the input '{tap.Name}': a layer takes what stands right before it, unless it says otherwise. Take it with From = \"{tap.Name}\", join it with another by a merge ([Concatenate(\"{tap.Name}\", ...)]), or remove it."
                : $"Nothing takes the output '{tap.Name}': take it with From or a merge, make it an output with [Output(\"{tap.Name}\")], or remove it."));
        }

        foreach (Tap input in this.produced.Where(t => t.Value is { Kind: ValueKind.Input, Shape: { Rank: > 1 } shape } && !shape[1].IsConstant))
        {
            TimeBounds steps = TimeBounds.Of(this.Graph, SizeNames.Of([input.Value!.Shape[1]]).Single());
            if (steps.Least > steps.Most)
            {
                this.problems.Add(new Problem("NG0011", input.Attribute, null, $"No sequence fits: of the steps of '{input.Name}' some layers need at least {steps.Least}, others take at most {steps.Most}."));
            }
        }
    }

    private void AddOutput(Attempt attempt, string from)
    {
        ArgumentReader reader = this.Reader(attempt, attempt.Frame.Symbols);
        Tap tap = this.Resolve(from, attempt.Frame, reader, "From");
        tap.Used = true;
        if (tap.Value is null)
        {
            throw new PoisonException();
        }

        if (!Batch.IsIn(tap.Value.Shape))
        {
            throw reader.Fail("NG0021", "From", $"'{from}' of shape {tap.Value.Shape} is the same for every sample; an output must depend on an input.");
        }

        if (this.Graph.Outputs.Any(o => o.Name == from))
        {
            throw reader.Fail("NG0021", "From", $"'{from}' is an output already.");
        }

        this.Graph.Outputs.Add(Output(from, tap));
    }

    /// <summary>A final softmax or sigmoid is told apart from its logits, so that a cross-entropy can be computed from those.</summary>
    private static GraphOutput Output(string name, Tap tap)
    {
        string? final = tap.Value!.Producer?.Op switch
        {
            Softmax { IsCausal: false } when tap.Value.Producer.Inputs.Count == 1 => "Softmax",
            Map { Body: [CallExpr { Function.Name: "Sigmoid", Arguments: [InputExpr] }], Target: null } => "Sigmoid",
            _ => null,
        };
        return new GraphOutput(name, tap.Value, final is null ? null : tap.Value.Producer!.Inputs[0], final, tap.Mask);
    }
}
