using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace NetGen.Generator;

/// <summary>Tells while typing what is wrong with a network: runs the stages up to Shapes and places each <see cref="Problem"/> on the argument that it is about.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class NetworkAnalyzer : DiagnosticAnalyzer
{
    /// <summary>The key in a diagnostic's properties of the name that the code fix puts in.</summary>
    internal const string Suggestion = nameof(Suggestion);

    private readonly Func<ModelSpec, EquatableArray<Problem>> check;

    /// <summary>The analyzer as the C# compiler makes it.</summary>
    public NetworkAnalyzer()
        : this(Compiler.Check)
    {
    }

    /// <summary>With another compiler behind the frontend, for tests of the placing.</summary>
    internal NetworkAnalyzer(Func<ModelSpec, EquatableArray<Problem>> check) => this.check = check;

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [.. Descriptors.All];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        // Networks made from imported models are generated code too.
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.Analyze | GeneratedCodeAnalysisFlags.ReportDiagnostics);
        context.RegisterSymbolAction(this.AnalyzeType, SymbolKind.NamedType);
    }

    private void AnalyzeType(SymbolAnalysisContext context)
    {
        INamedTypeSymbol type = (INamedTypeSymbol)context.Symbol;
        if (type.TypeKind != TypeKind.Class)
        {
            return;
        }

        Attempt<object> attempt = Attempt<object>.Make(type.Name, () =>
        {
            this.Analyze(type, context);
            return null;
        });
        if (attempt.Failure is { } failure)
        {
            context.ReportDiagnostic(Diagnostic.Create(Descriptors.For(ProblemTable.InternalError), type.Locations.FirstOrDefault(), failure));
        }
    }

    private void Analyze(INamedTypeSymbol type, SymbolAnalysisContext context)
    {
        if (type.GetAttributes().FirstOrDefault(a => Known.IsNetwork(a.AttributeClass)) is { } network)
        {
            foreach ((Problem problem, Location location) in ClassShape.Check(type, context.CancellationToken))
            {
                Report(problem, location, context);
            }

            FrontendResult read = Frontend.Read(type, context.CancellationToken);
            EquatableArray<Problem> problems = read.Problems.Count > 0 || !read.IsComplete ? read.Problems : this.check(read.Model);
            ReportAll(problems, type, network, context);
            if (problems.Count == 0 && read.IsComplete && read.Members.Count > 0)
            {
                ReportClashes(read.Model, type, context);
            }
        }
        else if (Known.IsBlock(type))
        {
            ReportAll(Frontend.ReadBlock(type, context.CancellationToken).Problems, type, null, context);
        }
        else if (Frontend.TapeAttributes(type).FirstOrDefault() is { } layer)
        {
            Report(
                new Problem("NG0040", 0, null, $"{type.Name} is neither a network nor a block, so its layers have no meaning; add [Network], or derive it from BlockAttribute."),
                ArgumentPlace.Find(layer, null, context.CancellationToken) ?? type.Locations[0],
                context);
        }
    }

    private static void ReportClashes(ModelSpec model, INamedTypeSymbol type, SymbolAnalysisContext context)
    {
        (MemberSpec Member, ISymbol Symbol)[] own = [.. MemberClash.Members(type)];
        IReadOnlyList<MemberSpec> clashes = MemberClash.Find(own.Select(m => m.Member), Compiler.Shell(model).Text);
        foreach ((MemberSpec member, ISymbol symbol) in own.Where(m => clashes.Contains(m.Member)))
        {
            Report(MemberClash.Problem(type, member), symbol.Locations[0], context);
        }
    }

    private static void ReportAll(EquatableArray<Problem> problems, INamedTypeSymbol type, AttributeData? network, SymbolAnalysisContext context)
    {
        if (problems.Count == 0)
        {
            return;
        }

        AttributeData[] tape = [.. Frontend.TapeAttributes(type)];
        foreach (Problem problem in problems)
        {
            // Index -1 is the class, or with an argument an option of [Network].
            AttributeData? attribute = problem.Attribute >= 0 ? tape.ElementAtOrDefault(problem.Attribute) : problem.Argument is null ? null : network;
            Location? place = attribute is null ? null : ArgumentPlace.Find(attribute, problem.Argument, context.CancellationToken);
            Report(problem, place ?? type.Locations[0], context);
        }
    }

    private static void Report(Problem problem, Location location, SymbolAnalysisContext context)
    {
        ImmutableDictionary<string, string?> properties = problem.Suggestion is null
            ? ImmutableDictionary<string, string?>.Empty
            : ImmutableDictionary<string, string?>.Empty.Add(Suggestion, problem.Suggestion);
        context.ReportDiagnostic(Diagnostic.Create(Descriptors.For(problem.Id), location, properties, problem.Message));
    }
}
