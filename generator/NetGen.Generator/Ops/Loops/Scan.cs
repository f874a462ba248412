namespace NetGen.Generator;

/// <summary>
/// A loop over time. Inputs: the initial states, sequences (time, ...), and constants, in the body's order. Outputs: the final states, then each of the body's
/// outputs stacked to (time, ...). Time comes first, so that what a step takes or gives is one piece of memory. What does not depend on the states stands before or behind the loop, over all steps at once.
/// </summary>
/// <param name="Body">One step.</param>
/// <param name="IsReverse">Whether time runs from the end to the start; positions stay.</param>
/// <param name="Windows">Null where the body is one step. Otherwise it takes windows of the sequences; a state as it came in, as an output, is kept once a window.</param>
internal sealed record Scan(ScanBody Body, bool IsReverse = false, Windows? Windows = null) : Op
{
    public override string Name => "Scan";

    protected override string Arguments => (this.IsReverse ? "reverse, " : "") + (this.Windows is { } w ? FormattableString.Invariant($"windows of {w.Size}, ") : "") + this.Body;

    public override TensorType[] Infer(TensorType[] inputs)
    {
        ScanBody body = this.Body;
        List<Value> expected = [.. body.States, .. body.Sequences, .. body.Constants];
        if (inputs.Length != expected.Count || body.Sequences.Count == 0 || body.Next.Count != body.States.Count)
        {
            throw new ShapeException($"The loop takes {expected.Count} inputs, at least one of them a sequence, not {inputs.Length}.");
        }

        Dim time = this.Windows?.Count ?? (inputs[body.States.Count].Shape.Rank > 0 ? inputs[body.States.Count].Shape[0] : 1);
        for (int i = 0; i < inputs.Length; i++)
        {
            bool isSequence = i >= body.States.Count && i < body.States.Count + body.Sequences.Count;
            Shape wanted = isSequence ? this.StackedOf(expected[i].Shape, time) : expected[i].Shape;
            if (inputs[i].Shape != wanted)
            {
                throw new ShapeException($"The loop takes {wanted} as {expected[i].Name}, not {inputs[i].Shape}.");
            }
        }

        for (int i = 0; i < body.States.Count; i++)
        {
            if (body.Next[i].Shape != body.States[i].Shape)
            {
                throw new ShapeException($"The state {body.States[i].Name} has the shape {body.States[i].Shape} before a step and {body.Next[i].Shape} behind it.");
            }
        }

        return [.. body.Next.Select(v => v.Type), .. body.Outputs.Select(v => v.Type with { Shape = this.StackedOf(v.Shape, time) })];
    }

    /// <summary>The shape over all times of what the body is given or gives at one.</summary>
    private Shape StackedOf(Shape slice, Dim time) => this.Windows is { } windows && windows.Cuts(slice) ? windows.Whole(slice) : Stacked(slice, time);

    public override Value?[] Differentiate(GradientContext context) => new ScanGradient(context, this).Build();

    // A loop forwards over the steps of a call, from where the call before ended.
    public override Value[]? Stream(StreamContext context)
    {
        ScanBody body = this.Body;
        int states = body.States.Count;
        if (!context.HasTime(context.Node.Inputs[states].Shape[0]))
        {
            // Over steps of another kind, such as those that a RepeatVector made, each call has the whole loop; its shapes are then not those of a call where its samples are steps of others.
            return context.Node.Inputs.SelectMany(i => i.Shape.Dims).Any(context.HasTime) ? null : context.Apply(this);
        }

        if (this.IsReverse || Enumerable.Range(states + body.Sequences.Count, body.Constants.Count).Any(context.IsStreamed))
        {
            return null;
        }

        Value[] inputs = [.. context.Inputs];
        for (int i = 0; i < states; i++)
        {
            inputs[i] = context.State(body.States[i].Name, context.Now(body.States[i].Shape), context.Node.Inputs[i]);
        }

        Graph g = context.Graph;
        Dim time = inputs[states].Shape[0];
        Value[] outputs;
        if (time == 1)
        {
            // One step needs no loop.
            for (int i = 0; i < body.Sequences.Count; i++)
            {
                inputs[states + i] = g.Add(new Reshape(body.Sequences[i].Shape), inputs[states + i]);
            }

            (Value[] next, Value[] results) = body.Inline(g, inputs);
            outputs = [.. next, .. results.Select(r => g.Add(new Reshape(Stacked(r.Shape, time)), r))];
        }
        else
        {
            outputs = [.. g.AddNode(this, inputs).Outputs];
        }

        for (int i = 0; i < states; i++)
        {
            context.Update(inputs[i], outputs[i]);
        }

        return outputs;
    }

    public override DoubleTensor[] Evaluate(EvaluationContext context)
    {
        ScanBody body = this.Body;
        (int states, int sequences) = (body.States.Count, body.Sequences.Count);
        DoubleTensor[] current = [.. context.Inputs.Take(states)];
        int time = (int)(this.Windows?.Count.Evaluate(context.Sizes) ?? context.Inputs[states].Shape[0]), whole = (int)(this.Windows?.Time.Evaluate(context.Sizes) ?? time);
        DoubleTensor[] stacked = [.. body.Outputs.Select(o => DoubleTensor.Zeros(this.StackedOf(o.Shape, time).Evaluate(context.Sizes)))];
        for (int step = 0; step < time; step++)
        {
            int t = this.IsReverse ? time - 1 - step : step;
            Dictionary<string, long> sizes = context.Sizes.ToDictionary(s => s.Key, s => s.Value);
            int first = t * (int)(this.Windows?.Size ?? 1), length = this.Windows is { } windows ? Math.Min((int)windows.Size, whole - first) : 1;
            if (this.Windows?.Symbol is { } symbol)
            {
                sizes[symbol.Name] = length;
            }

            Interpreter interpreter = new(sizes, context.Random);
            for (int i = 0; i < states; i++)
            {
                interpreter.Set(body.States[i], current[i].Data);
            }

            for (int i = 0; i < sequences; i++)
            {
                bool isCut = this.Windows?.Cuts(body.Sequences[i].Shape) ?? false;
                interpreter.Set(body.Sequences[i], Part(context.Inputs[states + i], isCut ? first : t, isCut ? length : 1));
            }

            for (int i = 0; i < body.Constants.Count; i++)
            {
                interpreter.Set(body.Constants[i], context.Inputs[states + sequences + i].Data);
            }

            interpreter.Run(body.Graph);
            for (int i = 0; i < stacked.Length; i++)
            {
                bool isCut = this.Windows?.Cuts(body.Outputs[i].Shape) ?? false;
                SetPart(stacked[i], isCut ? first : t, interpreter.Get(body.Outputs[i]).Data);
            }

            current = [.. body.Next.Select(interpreter.Get)];
        }

        return [.. current, .. stacked];
    }

    /// <summary>The shape of a step's value over all steps.</summary>
    public static Shape Stacked(Shape slice, Dim time) => Shape.Of(time) + slice;

    private static double[] Part(DoubleTensor sequence, int first, int count)
    {
        int size = DoubleTensor.CountOf([.. sequence.Shape.Skip(1)]);
        double[] part = new double[size * count];
        Array.Copy(sequence.Data, first * size, part, 0, part.Length);
        return part;
    }

    private static void SetPart(DoubleTensor sequence, int first, double[] part) =>
        Array.Copy(part, 0, sequence.Data, first * DoubleTensor.CountOf([.. sequence.Shape.Skip(1)]), part.Length);
}
