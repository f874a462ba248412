using System.Globalization;

namespace NetGen.Generator;

/// <summary>
/// An expression over the elements of a <see cref="Map"/>'s inputs. Records compare by value, so equal subexpressions are one.
/// </summary>
internal abstract record Expr
{
    public static implicit operator Expr(double value) => new ConstantExpr(value);

    public static Expr operator +(Expr a, Expr b) => Call("Add", a, b);

    public static Expr operator -(Expr a, Expr b) => Call("Sub", a, b);

    public static Expr operator *(Expr a, Expr b) => Call("Mul", a, b);

    public static Expr operator /(Expr a, Expr b) => Call("Div", a, b);

    public static Expr operator -(Expr a) => Call("Neg", a);

    /// <summary>The element of an input.</summary>
    public static Expr In(int index) => new InputExpr(index);

    /// <summary>A function of <see cref="ScalarTable"/>; trivial cases (x + 0, x * 1, constants) are folded at once.</summary>
    public static Expr Call(string function, params Expr[] arguments) => ScalarTable.Get(function).Apply(arguments);

    /// <summary>As text, with names for the inputs.</summary>
    public string Text(Func<int, string> name) => this switch
    {
        InputExpr input => name(input.Index),
        CallExpr call => $"{call.Function.Name}({string.Join(", ", call.Arguments.Select(a => a.Text(name)))})",
        _ => this.ToString(),
    };

    /// <summary>The same expression with every input replaced.</summary>
    public Expr Replace(Func<int, Expr> inputs) => this switch
    {
        InputExpr input => inputs(input.Index),
        CallExpr call => call.Function.Apply([.. call.Arguments.Select(a => a.Replace(inputs))]),
        _ => this,
    };

    /// <summary>
    /// The inputs any of which being 0 keeps an input from being chosen: each use of it lies in the first branch of a <c>Where</c> of theirs. Null where it is not used.
    /// </summary>
    public IEnumerable<int>? GuardsOf(int input)
    {
        if (this is not CallExpr call)
        {
            return this is InputExpr own && own.Index == input ? [] : null;
        }

        IEnumerable<int>? guards = null;
        for (int i = 0; i < call.Arguments.Count; i++)
        {
            if (call.Arguments[i].GuardsOf(input) is { } inner)
            {
                IEnumerable<int> here = i == 1 && call.Function.Name == "Where" && call.Arguments[0] is InputExpr condition ? inner.Append(condition.Index) : inner;
                guards = guards is null ? here : guards.Intersect(here);
            }
        }

        return guards?.ToArray();
    }

    /// <summary>Every subexpression, arguments before their calls, each once.</summary>
    public IEnumerable<Expr> Subexpressions()
    {
        HashSet<Expr> seen = [];
        List<Expr> order = [];
        Visit(this);
        return order;

        void Visit(Expr e)
        {
            if (!seen.Add(e))
            {
                return;
            }

            if (e is CallExpr call)
            {
                foreach (Expr argument in call.Arguments)
                {
                    Visit(argument);
                }
            }

            order.Add(e);
        }
    }
}

/// <summary>The element of an input.</summary>
internal sealed record InputExpr(int Index) : Expr
{
    public override string ToString() => "x" + this.Index.ToString(CultureInfo.InvariantCulture);
}

internal sealed record ConstantExpr(double Value) : Expr
{
    public override string ToString() => this.Value.ToString("R", CultureInfo.InvariantCulture);
}

/// <summary>
/// A uniform number in [0, 1) that is a function of (seed, step, stream, index of the element in the output). It is never stored:
/// the backward half makes the same number again.
/// </summary>
/// <param name="Stream">The stream among those of its seed.</param>
/// <param name="Seed">The layer's own seed, with which the numbers hang neither on the trainer's nor on the layers around it; or null.</param>
internal sealed record UniformExpr(int Stream, long? Seed = null) : Expr
{
    public override string ToString() => this.Seed is { } seed ? $"uniform{this.Stream}_of_seed{seed.ToString(CultureInfo.InvariantCulture)}" : $"uniform{this.Stream}";
}

internal sealed record CallExpr(ScalarFunction Function, EquatableArray<Expr> Arguments) : Expr
{
    public override string ToString() => $"{this.Function.Name}({string.Join(", ", this.Arguments)})";
}
