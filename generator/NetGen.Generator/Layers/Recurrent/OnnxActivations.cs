namespace NetGen.Generator;

/// <summary>The functions that ONNX's recurrent ops name, with their parameters.</summary>
internal static class OnnxActivations
{
    private static readonly Dictionary<string, (double? Alpha, double? Beta, Func<Expr, double, double, Expr> Apply)> Rows = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Relu"] = (null, null, (x, _, _) => Expr.Call("Relu", x)),
        ["Tanh"] = (null, null, (x, _, _) => Expr.Call("Tanh", x)),
        ["Sigmoid"] = (null, null, (x, _, _) => Expr.Call("Sigmoid", x)),
        ["Softsign"] = (null, null, (x, _, _) => x / (Expr.Call("Abs", x) + 1)),
        ["Softplus"] = (null, null, (x, _, _) => Expr.Call("Softplus", x)),
        ["Affine"] = (1, 0, (x, a, b) => (x * a) + b),
        ["LeakyRelu"] = (0.01, null, (x, a, _) => ActivationExpressions.LeakyReLU(x, a)),
        ["ThresholdedRelu"] = (1, null, (x, a, _) => ActivationExpressions.Threshold(x, a, 0)),
        ["ScaledTanh"] = (1, 1, (x, a, b) => Expr.Call("Tanh", x * b) * a),
        ["HardSigmoid"] = (0.2, 0.5, (x, a, b) => ActivationExpressions.Clip((x * a) + b, 0, 1)),
        ["Elu"] = (1, null, (x, a, _) => ActivationExpressions.ELU(x, a)),
    };

    /// <summary>The functions of all directions, one after the other. Each takes the next alpha and beta if it has them.</summary>
    public static (OnnxActivation Name, Func<Expr, Expr> Apply)[] Read(LayerContext context, IReadOnlyList<string> defaults, int directions)
    {
        IReadOnlyList<string> names = context.Has("Activations") ? context.Texts("Activations") : [.. Enumerable.Repeat(defaults, directions).SelectMany(d => d)];
        if (names.Count != defaults.Count * directions)
        {
            throw context.Fail("NG0012", "Activations", $"Activations of {context.Place} takes {defaults.Count * directions} names, {defaults.Count} a direction, not {names.Count}.");
        }

        Queue<double> alphas = new(context.Numbers("ActivationAlpha", [])), betas = new(context.Numbers("ActivationBeta", []));
        List<(OnnxActivation, Func<Expr, Expr>)> functions = [];
        for (int i = 0; i < names.Count; i++)
        {
            if (!Rows.TryGetValue(names[i], out (double? Alpha, double? Beta, Func<Expr, double, double, Expr> Apply) row))
            {
                string? nearest = NearestName.Find(names[i], Rows.Keys);
                throw context.Fail("NG0012", FormattableString.Invariant($"Activations[{i}]"), $"Activations of {context.Place} are among {string.Join(", ", Rows.Keys)}, not {names[i]}.{NearestName.Question(nearest)}", nearest);
            }

            double alpha = Next(alphas, row.Alpha), beta = Next(betas, row.Beta);
            string name = Rows.Keys.First(k => string.Equals(k, names[i], StringComparison.OrdinalIgnoreCase));
            functions.Add((new OnnxActivation(name, row.Alpha is null ? null : alpha, row.Beta is null ? null : beta), x => row.Apply(x, alpha, beta)));
        }

        return alphas.Count + betas.Count == 0 ? [.. functions]
            : throw context.Fail("NG0012", alphas.Count > 0 ? "ActivationAlpha" : "ActivationBeta", $"{(alphas.Count > 0 ? "ActivationAlpha" : "ActivationBeta")} of {context.Place} has more numbers than there are functions that take one.");

        static double Next(Queue<double> given, double? fallback) => fallback is { } number ? given.Count > 0 ? given.Dequeue() : number : 0;
    }
}
