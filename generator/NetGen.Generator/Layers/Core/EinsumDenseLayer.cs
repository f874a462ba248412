namespace NetGen.Generator;

/// <summary>Y = activation(einsum(equation, X, kernel) + bias).</summary>
internal sealed class EinsumDenseLayer : Layer
{
    public override string Kind => "EinsumDense";

    public override IReadOnlyList<string> Arguments =>
    [
        "Equation", "OutputShape", "Activation", "BiasAxes", "SpectralNormalization",
        "KernelInitializer", "BiasInitializer", "KernelRegularizer", "BiasRegularizer", "KernelConstraint", "BiasConstraint",
    ];

    public override Value Build(LayerContext context)
    {
        EinsumEquation equation = EinsumEquation.Read(context);
        Shape x = context.X.Shape;
        int elided = x.Rank - equation.Input.Length, least = equation.Ellipsis == Ellipsis.Left ? 1 : 0;
        if (elided < least || (equation.Ellipsis == Ellipsis.None && elided > 0))
        {
            string wanted = equation.Ellipsis == Ellipsis.None ? $"{equation.Input.Length}" : $"{equation.Input.Length + least} or more";
            throw context.Fail("NG0011", "Equation", $"{context.Place} takes an input of rank {wanted}, one axis for each letter of '{equation.Input}'{(least > 0 ? " behind the batch" : "")}, not {x}.");
        }

        // What the dots stand for gets names too; from here on every axis has one.
        string dots = string.Concat(Enumerable.Range(0, elided).Select(i => (char)('\uE000' + i)));
        string input = With(equation.Input), output = With(equation.Output);
        Dictionary<char, Dim> sizes = input.Select((c, i) => (c, i)).ToDictionary(p => p.c, p => x[p.i]);
        AddSizes(context, equation, sizes);
        // Axes that input, kernel and output share make units beside each other, of which each has its own inputs and outputs.
        (Shape, Shape) units = (ShapeOf(equation.Kernel.Where(c => input.Contains(c) && !output.Contains(c))), ShapeOf(equation.Kernel.Where(c => !input.Contains(c))));
        Value kernel = context.Kernel("kernel", ShapeOf(equation.Kernel), "GlorotUniform()", "Kernel", units);
        Value y = Product(context.Graph, context.X, input, kernel, equation.Kernel, output, ShapeOf);
        return context.Activate(context.Has("BiasAxes") ? context.Graph.Add(new Map(Expr.In(0) + Expr.In(1)), y, Bias()) : y);

        string With(string letters) => equation.Ellipsis == Ellipsis.Left ? dots + letters : letters + dots;

        Shape ShapeOf(IEnumerable<char> axes) => Shape.Of(axes.Select(c => sizes[c]));

        // Keras's bias reaches from the first of its axes to the last of the output, with a size of 1 along those that it lacks.
        Value Bias()
        {
            string axes = context.Text("BiasAxes")!;
            char unknown = axes.FirstOrDefault(c => !equation.Output.Contains(c));
            if (axes.Length == 0 || unknown != '\0')
            {
                string found = axes.Length == 0 ? "it names none" : $"'{unknown}' is none of them";
                throw context.Fail("NG0012", "BiasAxes", $"BiasAxes of {context.Place} names axes of the output '{equation.Output}' of its equation: {found}.");
            }

            int first = axes.Min(c => output.IndexOf(c));
            return context.Parameter("bias", Shape.Of(output.Skip(first).Select(c => axes.Contains(c) ? sizes[c] : (Dim)1)), "Zeros()", "Bias");
        }
    }

    /// <summary>Adds the sizes of the axes that only kernel and output have, and checks those that the input has, too.</summary>
    private static void AddSizes(LayerContext context, EinsumEquation equation, Dictionary<char, Dim> sizes)
    {
        IReadOnlyList<long> given = context.Integers("OutputShape", null, [], least: -1, most: int.MaxValue);
        string letters = equation.Ellipsis == Ellipsis.Left ? equation.Output : equation.Output.Substring(1);
        if (given.Count != letters.Length)
        {
            throw context.Fail("NG0012", "OutputShape", $"OutputShape of {context.Place} needs a size for each axis of '{letters}'{(equation.Ellipsis == Ellipsis.Left ? "" : ", those of the output behind the batch")}: {letters.Length}, not {given.Count}.");
        }

        for (int i = 0; i < letters.Length; i++)
        {
            char axis = letters[i];
            if (given[i] == 0)
            {
                throw context.Fail("NG0012", Argument(i), $"The size of the axis '{axis}' of {context.Place} must be at least 1, or -1 for that of the input, not 0.");
            }

            if (!sizes.TryGetValue(axis, out Dim size))
            {
                sizes.Add(axis, given[i] > 0 ? given[i] : throw context.Fail("NG0012", Argument(i), $"OutputShape of {context.Place} must say the size of the axis '{axis}', which the input lacks."));
            }
            else if (given[i] > 0 && size != given[i])
            {
                throw context.Fail("NG0011", Argument(i), $"The axis '{axis}' of {context.Place} is {size} in the input {context.X.Shape} and {given[i]} in OutputShape.");
            }
        }

        string Argument(int index) => given.Count == 1 ? "OutputShape" : FormattableString.Invariant($"OutputShape[{index}]");
    }

    /// <summary>
    /// einsum as a product of matrices. Of the axes some are of input and output (rows), some of kernel and output (columns), some of input and kernel (inner), some of all three, for each element
    /// of which there is a product of its own, and some of the input alone, which are summed over first.
    /// </summary>
    private static Value Product(Graph g, Value x, string input, Value kernel, string kernelAxes, string output, Func<IEnumerable<char>, Shape> shape)
    {
        EquatableArray<int> summed = Enumerable.Range(0, input.Length).Where(i => !kernelAxes.Contains(input[i]) && !output.Contains(input[i])).ToEquatableArray();
        if (summed.Count > 0)
        {
            x = g.Add(new ReduceSum(summed), x);
            input = string.Concat(input.Where((_, i) => !summed.Contains(i)));
        }

        string rows = string.Concat(input.Where(c => !kernelAxes.Contains(c))), columns = string.Concat(output.Where(c => !input.Contains(c)));
        string inner = string.Concat(kernelAxes.Where(c => input.Contains(c) && !output.Contains(c))), each = string.Concat(kernelAxes.Where(c => input.Contains(c) && output.Contains(c)));
        Value left = Matrices(Arrange(g, x, input, each + rows + inner), rows, inner), right = Matrices(Arrange(g, kernel, kernelAxes, each + inner + columns), inner, columns);
        Value y = g.Add(each.Length > 0 ? new BatchMatMul() : new MatMul(), left, right);
        return Arrange(g, g.Add(new Reshape(shape(each + rows + columns)), y), each + rows + columns, output);

        Value Matrices(Value value, string first, string second)
        {
            Shape matrix = Shape.Of(shape(first).Count, shape(second).Count);
            return g.Add(new Reshape(each.Length > 0 ? Shape.Of(shape(each).Count) + matrix : matrix), value);
        }
    }

    /// <summary>A value with its axes in another order.</summary>
    private static Value Arrange(Graph g, Value value, string axes, string wanted) =>
        axes == wanted ? value : g.Add(new Transpose(wanted.Select(c => axes.IndexOf(c)).ToEquatableArray()), value);
}
