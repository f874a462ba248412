namespace NetGen.Generator;

/// <summary>
/// Y[i] = f(X0[i], X1[i], ...) with NumPy's broadcasting: the only element-wise op. Layers write expressions; fusion composes them.
/// </summary>
/// <param name="Body">One expression an output.</param>
/// <param name="Target">A shape to broadcast to as well (how a sum's gradient spreads), or null.</param>
internal sealed record Map(EquatableArray<Expr> Body, Shape? Target = null) : Op
{
    public Map(Expr body, Shape? target = null)
        : this(EquatableArray.Of(body), target)
    {
    }

    public override string Name => "Map";

    protected override string Arguments => string.Join("; ", this.Body) + (this.Target is null ? "" : " to " + this.Target);

    public override TensorType[] Infer(TensorType[] inputs)
    {
        Shape? shape = this.Target ?? Shape.Scalar;
        foreach (TensorType input in inputs)
        {
            shape = Shape.Broadcast(shape, input.Shape) ?? throw new ShapeException($"The shapes {string.Join(", ", inputs.Select(i => i.Shape))} do not broadcast.");
        }

        return [.. this.Body.Select(_ => TensorType.Float(shape))];
    }

    public override Value?[] Differentiate(GradientContext context)
    {
        int count = context.X.Count;
        Expr[] inputs = [.. Enumerable.Range(0, count).Select(Expr.In)];
        Value?[] gradients = new Value?[count];
        for (int i = 0; i < count; i++)
        {
            if (!context.Needs(i))
            {
                continue;
            }

            Expr? sum = null;
            List<Value> operands = [.. context.X];
            for (int k = 0; k < this.Body.Count; k++)
            {
                if (context.OutputGradients[k] is not { } dY)
                {
                    continue;
                }

                // Inputs, then the output itself, then its gradient: the operands that the derivative does not name are dropped below.
                int y = operands.Count;
                operands.Add(context.Y[k]);
                operands.Add(dY);
                if (Derivatives.Of(this.Body[k], Expr.In(y), i) is { } derivative)
                {
                    Expr term = Expr.In(y + 1) * derivative;
                    sum = sum is null ? term : sum + term;
                }
            }

            if (sum is not null)
            {
                Value full = Apply(context.Graph, sum, operands, context.Y[0].Shape);
                gradients[i] = Reductions.SumTo(context.Graph, full, context.X[i].Shape);
            }
        }

        return gradients;
    }

    /// <summary>Adds a map over only those operands that the expression uses.</summary>
    public static Value Apply(Graph graph, Expr body, IReadOnlyList<Value> operands, Shape? target = null)
    {
        List<int> used = [.. body.Subexpressions().OfType<InputExpr>().Select(e => e.Index).OrderBy(i => i)];
        Expr compact = body.Replace(i => Expr.In(used.IndexOf(i)));
        Value[] values = [.. used.Select(i => operands[i])];
        Shape natural = new Map(compact).Infer([.. values.Select(v => v.Type)])[0].Shape;
        return graph.Add(new Map(compact, target is null || natural == target ? null : target), values);
    }

    public override Value? Simplify(Graph graph, IReadOnlyList<Value> inputs)
    {
        if (this.Body.Count != 1)
        {
            return null;
        }

        if (this.Body[0] is InputExpr && inputs.Count == 1 && (this.Target is null || this.Target == inputs[0].Shape))
        {
            return inputs[0];
        }

        // An array of one number is that number: a mask of which all steps count.
        double?[] numbers = [.. inputs.Select(NumberOf)];
        return numbers.All(n => n is null) ? null
            : Apply(graph, this.Body[0].Replace(i => numbers[i] is { } number ? number : Expr.In(i)), inputs, this.Infer([.. inputs.Select(i => i.Type)])[0].Shape);
    }

    /// <summary>The number that every element of a value is, where a constant of one element or a map without inputs says so.</summary>
    public static double? NumberOf(Value value) => value.Kind == ValueKind.Constant && value.Data.Count == 1 ? value.Data[0] : value.Producer switch
    {
        { Op: Map { Body: [ConstantExpr { Value: var number }] }, Inputs.Count: 0 } => number,
        { Op: Reshape or Transpose, Inputs: [var inner] } => NumberOf(inner),
        _ => null,
    };

    public override Value[] Stream(StreamContext context) => context.Apply(this with { Target = this.Target is null ? null : context.Now(this.Target) });

    public override Value? StreamSoFar(StreamContext context, int axis)
    {
        int rank = context.Node.Output.Shape.Rank;
        Value[] inputs = [.. context.Node.Inputs.Select((input, i) => axis - rank + input.Shape.Rank is >= 0 and var own && context.HasTime(i, own) ? context.SoFar(i, own) : context.Input(i))];
        return context.Graph.Add(this with { Target = this.Target is null ? null : context.SoFar(this.Target, axis) }, inputs);
    }

    public override DoubleTensor[] Evaluate(EvaluationContext context)
    {
        int[] shape = this.OutputShape(context);
        int[][] strides = [.. context.Inputs.Select(t => t.BroadcastStrides(shape.Length))];
        DoubleTensor[] outputs = [.. this.Body.Select(_ => DoubleTensor.Zeros(shape))];
        int element = 0;
        double[] x = new double[context.Inputs.Length];
        double[][] data = [.. context.Inputs.Select(t => t.Data)];
        Func<double[], long, double>[] body = [.. this.Body.Select(e => Evaluator(e, context))];
        foreach (int[] index in DoubleTensor.Indices(shape))
        {
            for (int i = 0; i < x.Length; i++)
            {
                x[i] = data[i][DoubleTensor.Offset(index, strides[i])];
            }

            for (int k = 0; k < body.Length; k++)
            {
                outputs[k].Data[element] = body[k](x, element);
            }

            element++;
        }

        return outputs;
    }

    private int[] OutputShape(EvaluationContext context)
    {
        TensorType[] types = [.. context.Inputs.Select(t => TensorType.Float(Shape.Of(t.Shape.Select(d => (Dim)d))))];
        Shape? target = this.Target is null ? null : Shape.Of(this.Target.Evaluate(context.Sizes).Select(d => (Dim)d));
        return new Map(this.Body, target).Infer(types)[0].Shape.Evaluate(context.Sizes);
    }

    /// <summary>An expression as a function of the inputs' numbers and the element's place: a large map would look through the expression for each of its elements.</summary>
    private static Func<double[], long, double> Evaluator(Expr e, EvaluationContext context)
    {
        switch (e)
        {
            case InputExpr { Index: var index }:
                return (x, _) => x[index];
            case ConstantExpr { Value: var value }:
                return (_, _) => value;
            case UniformExpr draw:
                return (_, element) => context.Random(draw, element);
            case CallExpr { Function: var function } call:
                Func<double[], long, double>[] arguments = [.. call.Arguments.Select(a => Evaluator(a, context))];
                double[] values = new double[arguments.Length];
                return (x, element) =>
                {
                    for (int i = 0; i < arguments.Length; i++)
                    {
                        values[i] = arguments[i](x, element);
                    }

                    return function.Evaluate(values);
                };
            default:
                throw new InvalidOperationException(e.ToString());
        }
    }
}
