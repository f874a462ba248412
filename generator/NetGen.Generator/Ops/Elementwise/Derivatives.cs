namespace NetGen.Generator;

/// <summary>The derivative of an expression by the chain rule over the rows of <see cref="ScalarTable"/>.</summary>
internal static class Derivatives
{
    /// <summary>d body / d input; null where it is zero. <paramref name="result"/> stands for the body's own value.</summary>
    public static Expr? Of(Expr body, Expr result, int input)
    {
        return Visit(body, result);

        Expr? Visit(Expr e, Expr self)
        {
            if (e is InputExpr x)
            {
                return x.Index == input ? 1 : null;
            }

            if (e is not CallExpr call)
            {
                return null;
            }

            Expr?[] partials = call.Function.Derivative([.. call.Arguments], self);
            Expr? sum = null;
            for (int i = 0; i < partials.Length; i++)
            {
                if (partials[i] is { } partial && Visit(call.Arguments[i], call.Arguments[i]) is { } inner)
                {
                    Expr term = partial is ConstantExpr { Value: 0 } ? 0 : partial * inner;
                    sum = sum is null ? term : sum + term;
                }
            }

            return sum;
        }
    }
}
